"""Puts so many products into a hub's SQLite: fill.py COUNT FOLDER"""
import sqlite3
import sys

count, folder = int(sys.argv[1]), sys.argv[2]
database = sqlite3.connect(f"{folder}/data/hub.sqlite", timeout=60)
database.executemany(
    "INSERT INTO products (id, created_ms, changed_ms, version, name_ar, name_en, description_ar, sku, price, currency,"
    " stock_policy, stock, low_stock_threshold, state, category, images, search)"
    " VALUES (?, ?, ?, 1, ?, ?, ?, ?, 1999, 'SAR', 'tracked', 10, 3, 'active', 'games', '[]', ?)",
    [(f"p_{n:026}", 1_790_000_000_000 + n, 1_790_000_000_000, f"بطاقة ألعاب رقم {n}", f"Game card {n}",
      "تسليم فوري بعد الدفع، صالحة لمدة سنة.", f"SKU-{n}", f"game card {n}") for n in range(count)])
database.commit()
