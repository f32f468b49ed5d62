"""A database used by SQLAlchemy: connections, statements, the ORM."""

from __future__ import annotations

import sqlalchemy
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, create_engine, inspect, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, validates


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(30), unique=True)
    orders: Mapped[list[Order]] = relationship(back_populates="user", lazy="raise")

    @validates("name")
    def checked(self, key, name):
        if "@" in name:
            raise ValueError(f"{key} of {name} is a mail address")
        return name


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    user: Mapped[User] = relationship(back_populates="orders")


def engine():
    made = create_engine("sqlite://")
    Base.metadata.create_all(made)
    return made


def table_that_is_missing(v):
    # -> (<?>) no such table: <?>\n[SQL: <?>]\n(Background on this error at: https://sqlalche.me/e/<?>/e3q8)
    with engine().connect() as connection:
        connection.execute(text(f"SELECT * FROM {v.key}"))


def column_that_is_missing(v):
    # -> (<?>) no such column: <?>\n[SQL: <?>]\n[parameters: <?>]\n(Background on this error at: https://sqlalche.me/e/<?>/e3q8)
    with engine().connect() as connection:
        connection.execute(text("SELECT * FROM users WHERE surname = :name"), {"name": v.name})


def statement_with_a_mistake(v):
    # -> (<?>) near "<?>": syntax error\n[SQL: <?>]\n(Background on this error at: https://sqlalche.me/e/<?>/e3q8)
    with engine().connect() as connection:
        connection.execute(text(f"SELEC {v.key}"))


def statement_without_its_parameter(v):
    # -> (<?>) A value is required for bind parameter <?>\n[SQL: <?>]\n[parameters: <?>]\n(Background on this error at: https://sqlalche.me/e/<?>/cd3x)
    with engine().connect() as connection:
        connection.execute(text("SELECT * FROM users WHERE name = :name"), {v.key: v.name})


def statement_that_is_text(v):
    # -> Not an executable object: <?>
    with engine().connect() as connection:
        connection.execute(f"SELECT {v.number}")


def name_taken_twice(v):
    # -> (<?>) UNIQUE constraint failed: <?>\n[SQL: <?>]\n[parameters: <?>]\n(Background on this error at: https://sqlalche.me/e/<?>/gkpj)
    with Session(engine()) as session:
        session.add_all([User(name=v.name), User(name=v.name)])
        session.commit()


def name_that_is_missing(v):
    # -> (<?>) NOT NULL constraint failed: <?>\n[SQL: <?>]\n[parameters: <?>]\n(Background on this error at: https://sqlalche.me/e/<?>/gkpj)
    with Session(engine()) as session:
        session.add(User(id=v.number))
        session.commit()


def name_of_an_odd_type(v):
    # -> (<?>) Error binding parameter <?>: type <?> is not supported\n[SQL: <?>]\n[parameters: <?>]\n(Background on this error at: https://sqlalche.me/e/<?>/f405)
    # -> (<?>) Error binding parameter <?> - probably unsupported type.\n[SQL: <?>]\n[parameters: <?>]\n(Background on this error at: https://sqlalche.me/e/<?>/rvf5)
    with Session(engine()) as session:
        session.execute(select(User).where(User.name == object))


def name_the_app_refuses(v):
    # -> <?> of <?> is a mail address
    User(name=v.email)


def argument_the_class_has_not(v):
    # -> <?> is an invalid keyword argument for <?>
    User(**{v.key: v.word})


def row_that_is_not_there(v):
    # -> No row was found when one was required
    with Session(engine()) as session:
        session.execute(select(User).where(User.name == v.name)).scalar_one()


def rows_that_are_too_many(v):
    # -> Multiple rows were found when exactly one was required
    with Session(engine()) as session:
        session.add_all([User(name=v.name), User(name=v.word)])
        session.flush()
        session.scalars(select(User)).one()


def row_that_must_be_there(v):
    # -> No row was found when one was required
    with Session(engine()) as session:
        session.get_one(User, v.number)


def column_a_row_has_not(v):
    # -> Could not locate column in row for column <?>
    with engine().connect() as connection:
        row = connection.execute(text("SELECT 1 AS size")).one()
        return getattr(row, v.key)


def column_a_mapping_has_not(v):
    # -> Could not locate column in row for column <?>
    with engine().connect() as connection:
        row = connection.execute(text("SELECT 1 AS size")).mappings().one()
        return row[v.key]


def object_of_a_closed_session(v):
    # -> Instance <?> is not bound to a Session; attribute refresh operation cannot proceed (Background on this error at: https://sqlalche.me/e/<?>/bhk3)
    with Session(engine()) as session:
        user = User(name=v.name)
        session.add(user)
        session.commit()
    return user.name


def relation_that_is_not_loaded(v):
    # -> <?> is not available due to lazy='raise'
    with Session(engine(), expire_on_commit=False) as session:
        session.add(User(name=v.name))
        session.commit()
        return session.scalars(select(User)).first().orders


def object_that_is_no_entity(v):
    # -> Class <?> is not mapped
    with Session(engine()) as session:
        session.add(v.word)


def object_deleted_before_it_was(v):
    # -> Instance <?> is not persisted
    with Session(engine()) as session:
        session.delete(User(name=v.name))


def session_used_after_a_failure(v):
    # -> This Session's transaction has been rolled back due to a previous exception during flush. To begin a new transaction with this Session, first issue Session.rollback(). Original exception was: <?> (Background on this error at: https://sqlalche.me/e/<?>/7s2a)
    with Session(engine()) as session:
        session.add(User(id=v.number))
        try:
            session.flush()
        except sqlalchemy.exc.IntegrityError:
            session.execute(select(User))


def address_that_is_none(v):
    # -> Could not parse SQLAlchemy URL from given URL string
    create_engine(v.word)


def dialect_nobody_knows(v):
    # -> Can't load plugin: <?>:<?>
    create_engine(f"{v.word}://{v.host}/")


def driver_that_is_not_installed(v):
    # -> No module named <?>
    create_engine(f"mysql+mysqldb://{v.word}@{v.host}/")


def engine_with_an_odd_option(v):
    # -> Invalid argument(s) <?> sent to create_engine(), using configuration <?>/<?>/<?>.  Please check that the keyword arguments are appropriate for this combination of components.
    create_engine("sqlite://", **{v.key: v.word})


def database_that_cannot_be_opened(v):
    # -> (<?>) unable to open database file\n(Background on this error at: https://sqlalche.me/e/<?>/e3q8)
    create_engine(f"sqlite:///{v.path}").connect()


def table_defined_twice(v):
    # -> Table <?> is already defined for this MetaData instance.  Specify 'extend_existing=True' to redefine options and columns on an existing Table object.
    metadata = MetaData()
    Table(v.word, metadata, Column(v.key, Integer))
    Table(v.word, metadata, Column(v.key, String))


def table_reflected_from_nothing(v):
    # -> <?>
    Table(v.word, MetaData(), autoload_with=engine())


def table_inspected_that_is_missing(v):
    # -> <?>
    return inspect(engine()).get_columns(v.word)


def inspection_of_a_text(v):
    # -> No inspection system is available for object of type <?>
    return inspect(v.word)


def key_to_a_missing_table(v):
    # -> Foreign key associated with column <?> could not find table <?> with which to generate a foreign key to target column <?>
    metadata = MetaData()
    Table("orders", metadata, Column("user", ForeignKey(f"{v.word}.id")))
    metadata.create_all(create_engine("sqlite://"))


def column_a_table_has_not(v):
    # -> <?>
    return User.__table__.c[v.key]


def condition_that_is_a_text(v):
    # -> Textual <?>SQL expression <?> should be explicitly declared as text(<?>)
    return select(User).where(v.word)


def condition_taken_for_a_truth(v):
    # -> Boolean value of this clause is not defined
    return bool(User.name.like(v.word))


def transaction_begun_twice(v):
    # -> This connection has already initialized a SQLAlchemy Transaction() object via begin() or autobegin; can't call begin() here unless rollback() or commit() is called first.
    with engine().connect() as connection:
        connection.execute(text("SELECT 1"))
        connection.begin()


def connection_that_is_closed(v):
    # -> This Connection is closed
    connection = engine().connect()
    connection.close()
    connection.execute(text("SELECT :name"), {"name": v.name})


def values_a_table_has_not(v):
    # -> Unconsumed column names: <?>
    with engine().connect() as connection:
        connection.execute(User.__table__.insert().values(**{v.key: v.word}))
