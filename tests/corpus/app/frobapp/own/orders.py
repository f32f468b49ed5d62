"""Orders: messages made on the spot, in every way Python has."""

from __future__ import annotations

import string

CURRENCY = "EUR"
REFUSED = "the order of {who} was refused"
TOO_LARGE = "order %s is larger than %d"
NO_STOCK = "no stock of "
LIMIT = 500


class OrderError(Exception):
    pass


class Refused(OrderError):
    """The customer or the bank said no."""


class Shop:
    closed = "the shop is closed on {day}"
    prefix = "shop"

    def __init__(self, owner):
        self.owner = owner
        self.name = f"shop of {owner}"

    def open(self, day):
        raise OrderError(self.closed.format(day=day))

    def sell(self, thing):
        raise OrderError(f"{self.prefix} has no {thing}")

    def move(self, city):
        raise OrderError(f"{self.name} cannot move to {city}")


def interpolated(v):
    # -> order <?> of <?> EUR failed
    raise OrderError(f"order {v.number} of {v.amount} EUR failed")


def interpolated_with_formats(v):
    # -> order <?> costs <?>, <?> of the limit
    raise OrderError(f"order {v.number:>8} costs {v.amount:.1f}, {v.ratio:.0%} of the limit")


def interpolated_with_conversions(v):
    # -> cannot deliver to <?> or <?>, only to <?>
    raise OrderError(f"cannot deliver to {v.name!r} or {v.name!a}, only to {v.host!s}")


def interpolated_with_a_nested_format(v):
    # -> price <?> does not fit
    width = len(v.word)
    raise OrderError(f"price {v.amount:{width}.{2}f} does not fit")


def interpolated_for_debugging(v):
    # -> unexpected v.number=<?> here
    raise OrderError(f"unexpected {v.number=} here")


def interpolated_over_lines(v):
    # -> customer <?> has no address we could deliver to; please ask <?> for one and send order <?> again
    raise OrderError(
        f"customer {v.name} has no address we could deliver to; please ask "
        f"{v.email} for one and send order {v.number} again"
    )


def interpolated_beside_a_constant(v):
    # -> the price in EUR of <?> is missing
    raise OrderError(f"the price in {CURRENCY} of {v.word} is missing")


def interpolated_with_braces(v):
    # -> {order} needs a name, not <?>
    raise OrderError(f"{{order}} needs a name, not {v.number}")


def interpolated_twice_over(v):
    # -> order <?>: item <?> not found
    item = f"item {v.key}"
    raise OrderError(f"order {v.number}: {item} not found")


def interpolated_with_a_call(v):
    # -> unknown customer <?> in <?>
    raise OrderError(f"unknown customer {v.name.upper()} in {', '.join([v.word, v.key])}")


def interpolated_with_a_condition(v):
    # -> the order has <?> items
    raise OrderError(f"the order has {'many' if v.number > 10 else 'few'} items")


def percent_with_a_tuple(v):
    # -> order <?> of <?> is late
    raise OrderError("order %d of %s is late" % (v.number, v.name))


def percent_with_one_value(v):
    # -> no customer called <?>
    raise OrderError("no customer called %r" % v.name)


def percent_with_names(v):
    # -> <?> lives at <?> and not here
    raise OrderError("%(name)s lives at %(host)s and not here" % {"name": v.name, "host": v.host})


def percent_with_widths(v):
    # -> total <?> exceeds <?>%
    raise OrderError("total %10.2f exceeds %d%%" % (v.amount, v.number))


def percent_of_a_constant(v):
    # -> order <?> is larger than <?>
    raise OrderError(TOO_LARGE % (v.number, LIMIT))


def formatted_by_number(v):
    # -> order <?> was sent to <?> already
    raise OrderError("order {0} was sent to {1} already".format(v.number, v.email))


def formatted_in_order(v):
    # -> order <?> was sent to <?> already
    raise OrderError("order {} was sent to {} already".format(v.number, v.email))


def formatted_by_name(v):
    # -> <?> may not order <?>
    raise OrderError("{who.name} may not order {what!r:>20}".format(who=v, what=v.word))


def formatted_constant(v):
    # -> the order of <?> was refused
    raise OrderError(REFUSED.format(who=v.name))


def formatted_from_a_mapping(v):
    # -> <?> wants <?> too often
    raise OrderError("{name} wants {word} too often".format_map({"name": v.name, "word": v.word}))


def formatted_from_keywords(v):
    # -> <?> wants <?> too often
    wishes = {"name": v.name, "word": v.word}
    raise OrderError("{name} wants {word} too often".format(**wishes))


def added(v):
    # -> cannot find customer <?> anywhere
    raise OrderError("cannot find customer " + v.name + " anywhere")


def added_to_a_constant(v):
    # -> no stock of <?>
    raise OrderError(NO_STOCK + v.word)


def added_bit_by_bit(v):
    # -> order <?> failed because <?> is unknown
    message = "order " + str(v.number)
    message += " failed"
    message += " because " + v.word + " is unknown"
    raise OrderError(message)


def joined(v):
    # -> delivery failed: <?>: try again
    raise OrderError(": ".join(["delivery failed", v.host, "try again"]))


def joined_tuple(v):
    # -> customer <?> missing
    raise OrderError(" ".join(("customer", v.name, "missing")))


def joined_values(v):
    # -> unknown items: <?>
    raise OrderError("unknown items: " + ", ".join(sorted([v.word, v.key])))


def substituted(v):
    # -> dear <?>, your order is lost
    raise OrderError(string.Template("dear $name, your order is lost").substitute(name=v.name))


def replaced(v):
    # -> the address <?> is wrong
    raise OrderError("the address ADDRESS is wrong".replace("ADDRESS", v.email))


def plain(v):
    # -> the order has no items
    raise OrderError("the order has no items")


def plain_over_lines(v):
    # -> the order has neither items nor a customer; nobody knows who sent it, or what is to be done about it
    raise OrderError(
        "the order has neither items nor a customer; nobody knows who sent it, or what is to be done about it"
    )


def class_alone(v):
    # -> <?>
    raise Refused


def value_alone(v):
    # -> <?>
    raise OrderError(v.sentence)


def value_in_a_list(v):
    # -> <?>
    raise OrderError([v.word, v.number])


def several_arguments(v):
    # -> ('payment failed', <?>, <?>)
    raise OrderError("payment failed", v.number, v.email)


def text_with_a_number(v):
    # -> ('order not found', <?>)
    raise OrderError("order not found", v.number)


def class_attribute(v):
    # -> the shop is closed on <?>
    Shop(v.name).open(v.day)


def class_attribute_interpolated(v):
    # -> shop has no <?>
    Shop(v.name).sell(v.word)


def instance_attribute(v):
    # -> shop of <?> cannot move to <?>
    Shop(v.name).move(v.host)


def message_in_a_variable(v):
    # -> order <?> was lost
    message = f"order {v.number} was lost"
    raise OrderError(message)


def message_from_either_branch(v):
    # -> order <?> is too large
    if v.number > LIMIT:
        message = f"order {v.number} is too large"
    else:
        message = f"order {v.number} is too small"
    raise OrderError(message)


def message_from_an_expression(v):
    # -> too many items: <?>
    raise OrderError(f"too many items: {v.number}" if v.number > LIMIT else "no items")


def message_from_a_table(v):
    # -> item <?> is sold out
    messages = {"sold": "item {} is sold out", "old": "item {} is not made any more"}
    raise OrderError(messages["sold"].format(v.word))


def message_or_a_default(v):
    # -> nobody knows why order <?> failed
    reason = ""
    raise OrderError(reason or f"nobody knows why order {v.number} failed")


def error_made_before_it_is_raised(v):
    # -> order <?> cannot be paid
    error = OrderError(f"order {v.number} cannot be paid")
    raise error


def stripped(v):
    # -> order <?> has a problem
    raise OrderError(f"  order {v.number} has a problem\n".strip())


def dedented(v):
    # -> The order of <?> cannot be sent.\nPlease call <?>.
    raise OrderError(
        f"""The order of {v.name} cannot be sent.
Please call {v.host}."""
    )


def value_that_equals_a_constant(v):
    # -> <?>
    kinds = ("book", "music", "wine")
    chosen = kinds[v.number % 2]
    raise OrderError(chosen)


def asserted(v):
    # -> order <?> has no price
    assert v.number < 0, f"order {v.number} has no price"


def asserted_with_nothing(v):
    # -> <?>
    assert v.number < 0
