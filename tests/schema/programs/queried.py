"""A program that stores in its database what is there already."""

import sentry_sdk
import sqlalchemy as sa
import stock

stock.init(traces_sample_rate=1.0)
metadata = sa.MetaData()
orders = sa.Table("orders", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String))


def store(connection, number, name):
    values = stock.nasties()
    connection.execute(sa.insert(orders), [{"id": number, "name": name}])
    return values


if __name__ == "__main__":
    engine = sa.create_engine("sqlite://")
    with sentry_sdk.start_transaction(op="task", name="store"), engine.begin() as connection:
        metadata.create_all(connection)
        store(connection, 7, "Erika Gärtner")
        store(connection, 7, "Straße")
