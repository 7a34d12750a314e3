"""Products over SQLite with FastAPI and SQLModel: the same fields, token and pages as the hub's.

A request carries a JWT (HS256) whose user and session are looked up, as the hub does: an account may be
disabled and a session ended at any time.
"""
import os
import time
from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, HTTPException, Query, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from sqlalchemy import JSON, Column, event
from sqlmodel import Field, Session, SQLModel, create_engine, select, tuple_

SECRET = "a secret of thirty-two characters or more"
PASSWORD = os.environ["ADMIN_PASSWORD"]


class User(SQLModel, table=True):
    id: str = Field(primary_key=True)
    email: str = Field(unique=True)
    role: str
    is_disabled: bool = False


class EndedSession(SQLModel, table=True):
    family: str = Field(primary_key=True)


class ProductFields(SQLModel):
    name_ar: str
    name_en: str | None = None
    description_ar: str | None = None
    description_en: str | None = None
    sku: str
    price: int
    currency: str = "SAR"
    stock_policy: str = "unlimited"
    stock: int | None = None
    low_stock_threshold: int | None = None
    state: str = "draft"
    category: str | None = None
    zid_id: str | None = None


class Product(ProductFields, table=True):
    id: str = Field(primary_key=True)
    sku: str = Field(unique=True)
    images: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    version: int = 1
    created_at: str
    updated_at: str


class ProductDocument(ProductFields):
    id: str
    images: list[str]
    low_stock: bool
    version: int
    created_at: str
    updated_at: str


class Page(BaseModel):
    items: list[ProductDocument]
    next: str | None


class Credentials(BaseModel):
    email: str
    password: str


engine = create_engine(f"sqlite:///{os.environ['FOLDER']}/shop.sqlite", connect_args={"check_same_thread": False})


@event.listens_for(engine, "connect")
def prepare(connection, _):
    connection.execute("PRAGMA journal_mode = WAL")


SQLModel.metadata.create_all(engine)
with Session(engine) as first:
    if first.get(User, "u_1") is None:
        first.add(User(id="u_1", email="admin@example.com", role="admin"))
        first.commit()

app = FastAPI()
bearer = HTTPBearer()


def database():
    with Session(engine) as session:
        yield session


Database = Annotated[Session, Depends(database)]


def caller(session: Database, sent: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> User:
    try:
        claims = jwt.decode(sent.credentials, SECRET, algorithms=["HS256"])
    except jwt.PyJWTError as error:
        raise HTTPException(401) from error
    user = session.get(User, claims["sub"])
    if user is None or user.is_disabled or session.get(EndedSession, claims["family"]):
        raise HTTPException(401)
    return user


Caller = Annotated[User, Depends(caller)]


def document(product: Product) -> ProductDocument:
    is_low = (product.stock is not None and product.low_stock_threshold is not None
              and product.stock <= product.low_stock_threshold)
    return ProductDocument(**product.model_dump(), low_stock=is_low)


@app.post("/api/v1/auth/login")
def login(given: Credentials):
    if given.password != PASSWORD:
        raise HTTPException(401)
    claims = {"sub": "u_1", "family": "f_1", "exp": int(time.time()) + 3600}
    return {"access_token": jwt.encode(claims, SECRET, algorithm="HS256")}


@app.get("/api/v1/products/{product_id}")
def read(product_id: str, session: Database, _: Caller, response: Response) -> ProductDocument:
    product = session.get(Product, product_id)
    if product is None:
        raise HTTPException(404)
    response.headers["ETag"] = f'"v{product.version}"'
    return document(product)


@app.get("/api/v1/products")
def page(session: Database, _: Caller, limit: Annotated[int, Query(ge=1, le=200)] = 50,
         cursor: str | None = None) -> Page:
    query = select(Product).order_by(Product.created_at, Product.id).limit(limit + 1)
    if cursor is not None:
        query = query.where(tuple_(Product.created_at, Product.id) > tuple(cursor.split("|")))
    found = session.exec(query).all()
    following = f"{found[limit - 1].created_at}|{found[limit - 1].id}" if len(found) > limit else None
    return Page(items=[document(product) for product in found[:limit]], next=following)
