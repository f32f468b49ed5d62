"""A program that reckons with pandas and numpy."""

import numpy as np
import pandas as pd
import sentry_sdk
import stock

stock.init(max_value_length=100_000)


def total(frame, column):
    values = stock.nasties()
    array, scalar, flag = np.arange(12.0).reshape(3, 4), np.float32(1.5), np.bool_(True)
    odd = {
        "nan": np.float64("nan"),
        "when": np.datetime64("2026-11-22"),
        "int": np.int64(2**62),
        "text": np.str_("größe"),
    }
    sentry_sdk.set_tag("rows", np.int64(len(frame)))
    sentry_sdk.set_extra("odd", odd)
    sentry_sdk.set_context("frame", {"shape": frame.shape, "mean": frame["a"].mean(), "columns": frame.columns})
    sentry_sdk.set_measurement("rows", np.int64(3))
    return frame[column].sum(), values, array, scalar, flag


if __name__ == "__main__":
    table = pd.DataFrame({"a": [1, 2, 3], "größe": ["x", None, "z"]}, index=pd.date_range("2026-11-22", periods=3))
    total(table, "missing")
