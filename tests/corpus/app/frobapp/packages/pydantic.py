"""Models of pydantic: values users send, settings, validators of the app's own."""

from __future__ import annotations

import datetime
import enum
import uuid
from typing import Annotated, Literal, Union

from pydantic import (
    AnyHttpUrl,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    conint,
    create_model,
    field_validator,
    model_validator,
    validate_call,
)


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int


class Dog(BaseModel):
    kind: Literal["dog"]
    tricks: list[str]


class User(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str = Field(max_length=40)
    size: int = 1
    born: datetime.date | None = None
    color: Color = Color.RED
    pet: Annotated[Union[Cat, Dog], Field(discriminator="kind")] | None = None

    @field_validator("name")
    @classmethod
    def no_address(cls, value):
        if "@" in value:
            raise ValueError(f"{value} is a mail address, not a name")
        return value

    @model_validator(mode="after")
    def not_too_large(self):
        if self.size > 1000:
            raise ValueError("the size must be at most a thousand")
        return self


def field_that_is_missing(v):
    # -> <?> validation error for <?>\n<?>\n  Field required [type=missing, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/missing
    User()


def number_that_is_a_word(v):
    # -> <?> validation error for <?>\n<?>\n  Input should be a valid integer, unable to parse string as an integer [type=int_parsing, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/int_parsing
    User(name=v.name, size=v.word)


def number_with_a_fraction(v):
    # -> <?> validation error for <?>\n<?>\n  Input should be a valid integer, got a number with a fractional part [type=int_from_float, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/int_from_float
    User(name=v.name, size=v.ratio)


def name_that_is_a_number(v):
    # -> <?> validation error for <?>\n<?>\n  Input should be a valid string [type=string_type, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/string_type
    User(name=v.number)


def name_that_is_too_long(v):
    # -> <?> validation error for <?>\n<?>\n  String should have at most <?> characters [type=string_too_long, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/string_too_long
    User(name=v.sentence * 3)


def field_nobody_declared(v):
    # -> <?> validation error for <?>\n<?>\n  Extra inputs are not permitted [type=extra_forbidden, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/extra_forbidden
    User(name=v.name, **{v.key: v.word})


def date_that_is_none(v):
    # -> <?> validation error for <?>\n<?>\n  Input should be a valid date or datetime, invalid character in year [type=date_from_datetime_parsing, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/date_from_datetime_parsing
    User(name=v.name, born=v.word)


def color_that_is_none(v):
    # -> <?> validation error for <?>\n<?>\n  Input should be <?> or <?> [type=enum, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/enum
    User(name=v.name, color=v.word)


def pet_of_an_unknown_kind(v):
    # -> <?> validation error for <?>\n<?>\n  Input tag <?> found using <?> does not match any of the expected tags: <?> [type=union_tag_invalid, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/union_tag_invalid
    User(name=v.name, pet={"kind": v.word})


def pet_without_a_kind(v):
    # -> <?> validation error for <?>\n<?>\n  Unable to extract tag using discriminator <?> [type=union_tag_not_found, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/union_tag_not_found
    User(name=v.name, pet={v.key: v.word})


def name_the_app_refuses(v):
    # -> <?> validation error for <?>\n<?>\n  Value error, <?> is a mail address, not a name [type=value_error, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/value_error
    User(name=v.email)


def size_the_app_refuses(v):
    # -> <?> validation error for <?>\n  Value error, the size must be at most a thousand [type=value_error, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/value_error
    User(name=v.name, size=v.number)


def several_fields_at_once(v):
    # -> <?> validation errors for <?>\n<?>\n  Field required [type=missing, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/missing\n<?>\n  Input should be a valid integer, unable to parse string as an integer [type=int_parsing, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/int_parsing\n<?>
    User(size=v.word, born=v.word, color=v.number)


def model_that_is_frozen(v):
    # -> <?> validation error for <?>\n<?>\n  Instance is frozen [type=frozen_instance, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/frozen_instance
    user = User(name=v.name)
    user.size = v.number


def json_that_is_none(v):
    # -> <?> validation error for <?>\n  Invalid JSON: expected value at line <?> column <?> [type=json_invalid, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/json_invalid
    User.model_validate_json(v.sentence)


def object_that_is_no_model(v):
    # -> <?> validation error for <?>\n  Input should be a valid dictionary or instance of <?> [type=model_type, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/model_type
    User.model_validate(v.word)


def address_that_is_none(v):
    # -> <?> validation error for <?>\n  Input should be a valid URL, relative URL without a base [type=url_parsing, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/url_parsing
    TypeAdapter(AnyHttpUrl).validate_python(v.word)


def identifier_that_is_none(v):
    # -> <?> validation error for <?>\n  Input should be a valid UUID, invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found `<?>` at <?> [type=uuid_parsing, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/uuid_parsing
    TypeAdapter(uuid.UUID).validate_python(v.word)


def number_out_of_range(v):
    # -> <?> validation error for <?>\n  Input should be less than or equal to <?> [type=less_than_equal, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/less_than_equal
    TypeAdapter(conint(ge=1, le=9)).validate_python(v.number)


def call_with_a_wrong_argument(v):
    # -> <?> validation error for <?>\n<?>\n  Input should be a valid integer, unable to parse string as an integer [type=int_parsing, input_value=<?>, input_type=<?>]\n    For further information visit https://errors.pydantic.dev/<?>/v/int_parsing
    @validate_call
    def repeat(count: int):
        return count

    repeat(v.word)


def attribute_a_model_has_not(v):
    # -> <?> object has no attribute <?>
    return getattr(User(name=v.name), v.key)


def attribute_that_cannot_be_set(v):
    # -> "<?>" object has no field "<?>"
    cat = Cat(kind="cat", lives=9)
    setattr(cat, v.key, v.number)


def schema_of_an_odd_type(v):
    # -> Unable to generate pydantic-core schema for <object object at <?>>. Set `arbitrary_types_allowed=True` in the model_config to ignore this error or implement `__get_pydantic_core_schema__` on your type to fully support it.\n\nIf you got this error by calling handler(<some type>) within `__get_pydantic_core_schema__` then you likely need to call `handler.generate_schema(<some type>)` since we do not call `__get_pydantic_core_schema__` on `<some type>` otherwise to avoid infinite recursion.\n\nFor further information visit https://errors.pydantic.dev/<?>/u/schema-for-unknown-type
    create_model(v.word, field=(object(), ...))


def field_with_a_hidden_name(v):
    # -> <?> object is not iterable
    create_model("Made", **{f"_{v.word}__": (int, ...), "model_config": (v.word, 1)})


def model_with_an_untyped_field(v):
    # -> A non-annotated attribute was detected: `<?> = <?>`. All model fields require a type annotation; if `<?>` is not meant to be a field, you may be able to resolve this error by annotating it as a `ClassVar` or updating `model_config['ignored_types']`.\n\nFor further information visit https://errors.pydantic.dev/<?>/u/model-field-missing-annotation
    return type("Made", (BaseModel,), {v.key: v.number, "__module__": __name__})


def copy_from_nothing(v):
    # -> <?> object has no attribute <?>
    User.model_construct(**{v.key: v.word}).model_copy(update={}).name


def adapter_of_a_missing_name(v):
    # -> `<?>` is not fully defined; you should define `<?>` and all referenced types, then call `.rebuild()` on the instance.\n\nFor further information visit https://errors.pydantic.dev/<?>/u/class-not-fully-defined
    TypeAdapter(f"list[{v.word}]").validate_python([])
