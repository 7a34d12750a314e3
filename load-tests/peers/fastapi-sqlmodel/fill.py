"""Puts so many products into the database of `server.py`: fill.py COUNT FOLDER"""
import sqlite3
import sys

count, folder = int(sys.argv[1]), sys.argv[2]
database = sqlite3.connect(f"{folder}/shop.sqlite", timeout=60)
database.execute("CREATE INDEX IF NOT EXISTS product_by_age ON product (created_at, id)")
database.executemany(
    "INSERT INTO product (id, name_ar, name_en, description_ar, sku, price, currency, stock_policy, stock,"
    " low_stock_threshold, state, category, images, version, created_at, updated_at)"
    " VALUES (?, ?, ?, ?, ?, ?, 'SAR', 'tracked', 10, 3, 'active', 'games', '[]', 1, ?, ?)",
    [(f"p_{n:026}", f"بطاقة ألعاب رقم {n}", f"Game card {n}", "تسليم فوري بعد الدفع، صالحة لمدة سنة.", f"SKU-{n}", 1999,
      f"2026-11-21T08:{n // 1000 % 60:02}:00.{n % 1000:03}Z", "2026-11-21T08:00:00.000Z") for n in range(count)])
database.commit()
