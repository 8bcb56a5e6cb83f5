#!/usr/bin/python3
"""Recomputes the published-feature model of the public benchmark: a developer's tool, users don't need it.

Random forest and XGBoost with their libraries' defaults, on fifteen features: amount; weekend; night; the card's count
and mean amount over 1, 7 and 30 days; the terminal's count and share of frauds over 1, 7 and 30 days, known 7 days late.
For each week asked for: training week, delay week, test week, cards known to be compromised taken out.

  apt-get install --no-install-recommends python3-pandas python3-sklearn python3-xgboost
  /usr/bin/python3 tools/training/published_model.py --data DIR \
      --test-from 2018-08-08 --test-from 2018-07-04 ... [--json FILE]

The same command prints the same figures: seeds are fixed, threads do not change the result.
"""

import argparse
import glob
import json
import os
import sys

import numpy as np
import pandas as pd
import sklearn
import xgboost
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import average_precision_score, roc_auc_score

DAY_SECONDS = 86_400
WINDOWS_DAYS = (1, 7, 30)
DELAY_DAYS = 7
CARDS_A_DAY = 100


def read_transactions(folder: str) -> pd.DataFrame:
    names = sorted(glob.glob(os.path.join(folder, "*.csv.gz")))
    if not names:
        sys.exit(f"{folder}: no *.csv.gz file. Name the folder that holds the benchmark's transactions.")
    columns = ["transaction_id", "timestamp", "customer_id", "terminal_id", "amount", "is_fraud"]
    frames = [pd.read_csv(name, usecols=columns) for name in names]
    table = pd.concat(frames, ignore_index=True)
    table["seconds"] = pd.to_datetime(table.pop("timestamp"), utc=True).astype("int64") // 10**9
    table = table.sort_values(["seconds", "transaction_id"], kind="stable").reset_index(drop=True)
    table["day"] = table.seconds // DAY_SECONDS
    return table


def sums_in_window(seconds: np.ndarray, running: np.ndarray, late: int, days: int) -> np.ndarray:
    """Of one group's rows, in time order: the sum over (t - late - days, t - late], a row itself counted when late is 0.

    `running` has one more entry than rows: the sum over all rows before. Of rows of the same second only those
    before a row and itself count, as in a stream.
    """
    if late == 0:
        upto = np.arange(1, len(seconds) + 1)
    else:
        upto = np.searchsorted(seconds, seconds - late * DAY_SECONDS, side="right")
    begin = np.searchsorted(seconds, seconds - (late + days) * DAY_SECONDS, side="right")
    return running[upto] - running[begin]


def add_group_features(table: pd.DataFrame) -> list[str]:
    # Count and mean (or share) of each window side by side: the published order, which the forest's draws depend on.
    kinds = (("card", ("count", "mean")), ("terminal", ("count", "share")))
    names = [f"{side}_{what}_{days}d" for side, pair in kinds for days in WINDOWS_DAYS for what in pair]
    values = {name: np.zeros(len(table)) for name in names}
    seconds = table.seconds.to_numpy()
    for side, key, of, late in (
        ("card", "customer_id", "amount", 0),
        ("terminal", "terminal_id", "is_fraud", DELAY_DAYS),
    ):
        measured = table[of].to_numpy(float)
        for rows in table.groupby(key, sort=False).indices.values():
            rows = np.sort(rows)
            times = seconds[rows]
            counted = np.arange(len(rows) + 1, dtype=float)
            summed = np.concatenate([[0.0], np.cumsum(measured[rows])])
            for days in WINDOWS_DAYS:
                count = sums_in_window(times, counted, late, days)
                total = sums_in_window(times, summed, late, days)
                share = np.divide(total, count, out=np.zeros(len(rows)), where=count > 0)
                values[f"{side}_count_{days}d"][rows] = count
                values[f"{side}_{'mean' if side == 'card' else 'share'}_{days}d"][rows] = share
    for name in names:
        table[name] = values[name]
    return names


def add_features(table: pd.DataFrame) -> list[str]:
    # 1970-01-01 was a Thursday.
    table["weekend"] = ((table.day + 3) % 7 >= 5).astype(float)
    table["night"] = (table.seconds % DAY_SECONDS // 3600 <= 6).astype(float)
    return ["amount", "weekend", "night", *add_group_features(table)]


def week_of(table: pd.DataFrame, test_from: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Training rows, and test rows without the cards known to be compromised on their day."""
    train_from = test_from - 14
    train = table[(table.day >= train_from) & (table.day < train_from + 7)]
    frauds = table[(table.is_fraud == 1) & (table.day >= train_from)]
    kept = []
    for day in range(test_from, test_from + 7):
        known = frauds[frauds.day <= day - 8].customer_id.unique()
        of_day = table[table.day == day]
        kept.append(of_day[~of_day.customer_id.isin(known)])
    test = pd.concat(kept)
    if len(train) == 0 or len(test) == 0:
        sys.exit("these files do not hold the training week and the test week; give an earlier --test-from")
    return train, test


def card_precision(test: pd.DataFrame, scores: np.ndarray) -> float:
    scored = test.assign(score=scores)
    found: set[int] = set()
    shares = []
    for _, of_day in scored.groupby("day"):
        open_cards = of_day[~of_day.customer_id.isin(found)]
        cards = open_cards.groupby("customer_id").agg(score=("score", "max"), fraud=("is_fraud", "max")).reset_index()
        top = cards.sort_values(["score", "customer_id"], ascending=[False, True]).head(CARDS_A_DAY)
        found |= set(top[top.fraud == 1].customer_id)
        shares.append(top.fraud.sum() / CARDS_A_DAY)
    return float(np.mean(shares))


def value_found(test: pd.DataFrame, scores: np.ndarray) -> float:
    """Share of the frauds' value found at no more than one false alert per true one; ties are taken together."""
    order = np.argsort(-scores, kind="stable")
    fraud = test.is_fraud.to_numpy()[order]
    worth = np.where(fraud == 1, test.amount.to_numpy()[order], 0.0)
    sorted_scores = scores[order]
    ends = np.append(sorted_scores[1:] != sorted_scores[:-1], True)
    true = np.cumsum(fraud)
    allowed = ends & (np.arange(1, len(fraud) + 1) - true <= true)
    return float(np.max(np.cumsum(worth)[allowed], initial=0.0) / worth.sum())


MODELS = {
    "random forest": lambda: RandomForestClassifier(random_state=0, n_jobs=-1),
    "xgboost": lambda: xgboost.XGBClassifier(random_state=0, n_jobs=-1),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder of the benchmark's *.csv.gz files")
    parser.add_argument("--test-from", action="append", default=[], metavar="YYYY-MM-DD")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--features", metavar="FILE", help="also writes the feature table as csv")
    options = parser.parse_args()
    weeks = options.test_from or ["2018-08-08"]

    print("reading", file=sys.stderr)
    table = read_transactions(options.data)
    print(f"{len(table):,} transactions; computing features", file=sys.stderr)
    features = add_features(table)
    if options.features:
        table.to_csv(options.features, index=False)
    rows = []
    print(f"{'test week':12}{'model':16}{'AUC ROC':>9}{'av. prec.':>11}{'card p@100':>12}{'value @1:1':>12}")
    for week in weeks:
        first = int(pd.Timestamp(week, tz="UTC").timestamp()) // DAY_SECONDS
        train, test = week_of(table, first)
        for name, make in MODELS.items():
            model = make()
            model.fit(train[features].to_numpy(), train.is_fraud.to_numpy())
            scores = model.predict_proba(test[features].to_numpy())[:, 1].astype(float)
            row = {
                "testFrom": week,
                "model": name,
                "transactions": len(test),
                "cards": int(test.customer_id.nunique()),
                "frauds": int(test.is_fraud.sum()),
                "aucRoc": round(float(roc_auc_score(test.is_fraud, scores)), 4),
                "averagePrecision": round(float(average_precision_score(test.is_fraud, scores)), 4),
                "cardPrecision100": round(card_precision(test, scores), 4),
                "valueFoundAtOneFalsePerTrue": round(value_found(test, scores), 4),
            }
            rows.append(row)
            print(f"{week:12}{name:16}{row['aucRoc']:9.3f}{row['averagePrecision']:11.3f}"
                  f"{row['cardPrecision100']:12.3f}{row['valueFoundAtOneFalsePerTrue']:12.3f}", flush=True)
    if options.json:
        made_with = {"scikit-learn": sklearn.__version__, "xgboost": xgboost.__version__, "features": features}
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"madeWith": made_with, "rows": rows}, file, indent=2)
            file.write("\n")


if __name__ == "__main__":
    main()
