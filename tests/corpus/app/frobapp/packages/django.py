"""A site of Django in one module: settings, models, forms, addresses, templates."""

from __future__ import annotations

import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    ROOT_URLCONF=__name__,
    SECRET_KEY="not one",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    USE_TZ=True,
)
django.setup()

from django import forms  # noqa: E402
from django.core import exceptions, mail, management, paginator, serializers, signing, validators  # noqa: E402
from django.core.files.storage import FileSystemStorage  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.http import Http404, HttpResponse, JsonResponse, QueryDict  # noqa: E402
from django.shortcuts import get_object_or_404, render  # noqa: E402
from django.template import Context, Template, engines  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.urls import path, resolve, reverse  # noqa: E402
from django.utils import dateparse, timezone  # noqa: E402
from django.utils.module_loading import import_string  # noqa: E402


class User(models.Model):
    name = models.CharField(max_length=20, unique=True)
    size = models.IntegerField(null=True)
    born = models.DateField(null=True)
    mail = models.EmailField(blank=True)

    class Meta:
        app_label = "frobapp"


class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.PROTECT)

    class Meta:
        app_label = "frobapp"


class Ghost(models.Model):
    name = models.CharField(max_length=20)

    class Meta:
        app_label = "frobapp"


class Sign(forms.Form):
    size = forms.IntegerField(max_value=9)


def show(request, number):
    raise Http404(f"no user has the number {number}")


urlpatterns = [path("users/<int:number>/", show, name="user")]

with connection.schema_editor() as editor:
    editor.create_model(User)
    editor.create_model(Order)


def host_that_is_not_allowed(v):
    # -> Invalid HTTP_HOST header: <?>. You may need to add <?> to ALLOWED_HOSTS.
    RequestFactory().get("/", headers={"host": v.host}).get_host()


def host_that_is_none(v):
    # -> Invalid HTTP_HOST header: <?>. The domain name provided is not valid according to RFC 1034/1035.
    RequestFactory().get("/", headers={"host": v.path}).get_host()


def setting_that_is_missing(v):
    # -> <?>
    return getattr(settings, v.key)


def settings_configured_twice(v):
    # -> Settings already configured.
    settings.configure(SECRET_KEY=v.secret)


def view_that_finds_nobody(v):
    # -> no user has the number <?>
    show(RequestFactory().get(f"/users/{v.number}/"), v.number)


def page_that_is_missing(v):
    # -> <?>
    resolve(f"/{v.word}/")


def address_of_no_view(v):
    # -> Reverse for <?> not found. <?> is not a valid view function or pattern name.
    reverse(v.word)


def address_without_its_value(v):
    # -> Reverse for <?> with arguments <?> not found. <?> pattern(s) tried: <?>
    reverse("user", args=[v.word])


def address_in_no_namespace(v):
    # -> <?> is not a registered namespace
    reverse(f"{v.word}:{v.key}")


def user_nobody_is(v):
    # -> <?> matching query does not exist.
    User.objects.get(name=v.name)


def user_nobody_is_or_a_page(v):
    # -> No <?> matches the given query.
    get_object_or_404(User, name=v.name)


def users_that_are_too_many(v):
    # -> get() returned more than one <?> -- it returned <?>!
    User.objects.bulk_create([User(name=v.word), User(name=v.key)], ignore_conflicts=True)
    User.objects.get(size=None)


def field_nobody_declared(v):
    # -> Cannot resolve keyword <?> into field. Choices are: <?>
    list(User.objects.filter(**{v.key: v.word}))


def lookup_nobody_knows(v):
    # -> Unsupported lookup <?> for <?> or join on the field not permitted.
    list(User.objects.filter(**{f"name__{v.word}": v.key}))


def order_by_no_field(v):
    # -> Cannot resolve keyword <?> into field. Choices are: <?>
    list(User.objects.order_by(v.key))


def value_of_no_field(v):
    # -> Cannot resolve keyword <?> into field. Choices are: <?>
    list(User.objects.values(v.key))


def argument_a_model_has_not(v):
    # -> <?>() got unexpected keyword arguments: <?>
    User(**{v.key: v.word})


def number_that_is_a_word(v):
    # -> Field <?> expected a number but got <?>.
    User.objects.filter(size=v.word).first()


def date_that_is_none(v):
    # -> ['“<?>” value has an invalid date format. It must be in YYYY-MM-DD format.']
    User(name=v.name, born=v.word).save()


def model_that_is_not_valid(v):
    # -> {<?>: ['Ensure this value has at most <?> characters (it has <?>).'], <?>: ['This field cannot be blank.'], <?>: ['This field cannot be blank.'], <?>: ['Enter a valid email address.']}
    User(name=v.sentence * 2, mail=v.word).full_clean()


def field_that_is_not_valid(v):
    # -> ['“<?>” value must be an integer.']
    User._meta.get_field("size").clean(v.word, None)


def field_a_model_has_not(v):
    # -> <?> has no field named <?>
    User._meta.get_field(v.key)


def name_taken_twice(v):
    # -> UNIQUE constraint failed: <?>
    with transaction.atomic():
        User.objects.bulk_create([User(name=v.email), User(name=v.email)])


def name_that_is_missing(v):
    # -> NOT NULL constraint failed: <?>
    with transaction.atomic():
        User(name=None).save()


def table_that_is_missing(v):
    # -> no such table: <?>
    Ghost.objects.create(name=v.word)


def statement_with_a_mistake(v):
    # -> near "<?>": syntax error
    with connection.cursor() as cursor:
        cursor.execute(f"SELEC {v.key}")


def row_that_is_not_saved(v):
    # -> <?> object can't be deleted because its <?> attribute is set to None.
    User(name=v.name).delete()


def order_of_a_user_that_is_not_saved(v):
    # -> save() prohibited to prevent data loss due to unsaved related object <?>.
    Order(user=User(name=v.name)).save()


def order_of_a_word(v):
    # -> Cannot assign "<?>": "<?>.<?>" must be a "<?>" instance.
    Order(user=v.word)


def order_without_its_user(v):
    # -> <?> has no <?>.
    return Order().user


def user_who_still_has_orders(v):
    # -> FOREIGN KEY constraint failed
    with transaction.atomic():
        user = User.objects.create(name=v.secret)
        Order.objects.create(user=user)
        user.delete()


def query_that_was_sliced(v):
    # -> Cannot filter a query once a slice has been taken.
    User.objects.all()[:5].filter(name=v.name)


def query_with_a_negative_slice(v):
    # -> Negative indexing is not supported.
    return User.objects.filter(name=v.name)[-1]


def update_of_no_field(v):
    # -> <?> has no field named <?>
    User.objects.update(**{v.key: v.word})


def update_of_fields_nobody_has(v):
    # -> The following fields do not exist in this model, are m2m fields, primary keys, or are non-concrete fields: <?>
    User(id=v.number, name=v.name).save(update_fields=[v.key])


def form_field_that_is_not_valid(v):
    # -> ['Enter a whole number.']
    forms.IntegerField().clean(v.word)


def form_field_that_is_too_large(v):
    # -> ['Ensure this value is less than or equal to <?>.']
    forms.IntegerField(max_value=9).clean(v.number)


def form_without_a_field(v):
    # -> "Key <?> not found in <?>. Choices are: <?>."
    return Sign({"size": v.number})[v.key]


def choice_that_is_none(v):
    # -> ['Select a valid choice. <?> is not one of the available choices.']
    forms.ChoiceField(choices=[("a", "A")]).clean(v.word)


def mail_address_that_is_none(v):
    # -> ['Enter a valid email address.']
    validators.validate_email(v.word)


def address_that_is_none(v):
    # -> ['Enter a valid URL.']
    validators.URLValidator()(v.word)


def name_that_is_too_long(v):
    # -> ['Ensure this value has at most <?> characters (it has <?>).']
    validators.MaxLengthValidator(5)(v.name)


def template_with_an_unknown_tag(v):
    # -> Invalid block tag on line <?>: <?>. Did you forget to register or load this tag?
    Template(f"{{% {v.word} %}}")


def template_with_an_unknown_filter(v):
    # -> Invalid filter: <?>
    Template(f"{{{{ name|{v.word} }}}}")


def template_that_does_not_end(v):
    # -> Unclosed tag on line <?>: <?>. Looking for one of: <?>.
    Template(f"{{% if {v.word} %}}")


def template_with_a_bad_condition(v):
    # -> Unexpected end of expression in if tag.
    Template(f"{{% if {v.word} and %}}{{% endif %}}")


def template_with_a_rest_it_cannot_read(v):
    # -> Invalid filter: <?>
    Template(f"{{{{ name|{v.key}:'{v.word} }}}}")


def template_that_is_missing(v):
    # -> <?>
    render(RequestFactory().get("/"), f"{v.word}.html")


def template_with_a_bad_address(v):
    # -> Reverse for <?> not found. <?> is not a valid view function or pattern name.
    engines["django"].from_string(f"{{% url '{v.word}' %}}").render({})


def template_with_an_unknown_library(v):
    # -> <?> is not a registered tag library. Must be one of:\n<?>
    Template(f"{{% load {v.word} %}}")


def template_given_a_wrong_context(v):
    # -> context must be a dict rather than <?>.
    engines["django"].from_string("{{ name }}").render(v.word)


def signature_that_does_not_match(v):
    # -> Signature "<?>" does not match
    signing.Signer(key="frob").unsign(f"{v.word}:{v.secret}")


def signature_that_is_missing(v):
    # -> No "<?>" found in value
    signing.Signer(key="frob").unsign(v.word)


def json_answer_that_is_no_mapping(v):
    # -> In order to allow non-dict objects to be serialized set the safe parameter to False.
    JsonResponse([v.word])


def header_with_a_line_break(v):
    # -> Header values can't contain newlines (got <?>)
    HttpResponse()["X-Name"] = f"{v.word}\n{v.key}"


def query_that_cannot_be_changed(v):
    # -> This QueryDict instance is immutable
    QueryDict(f"{v.key}=1")[v.key] = v.word


def query_without_a_key(v):
    # -> <?>
    return QueryDict("name=1")[v.key]


def redirect_to_an_odd_scheme(v):
    # -> Unsafe redirect to URL with protocol <?>
    from django.http import HttpResponseRedirect

    HttpResponseRedirect(f"{v.word}://{v.host}/")


def module_that_is_missing(v):
    # -> No module named <?>
    import_string(f"{v.word}.{v.key}")


def name_a_module_has_not(v):
    # -> Module "<?>" does not define a "<?>" attribute/class
    import_string(f"django.conf.{v.word}")


def dotted_path_that_is_none(v):
    # -> <?> doesn't look like a module path
    import_string(v.word)


def command_nobody_knows(v):
    # -> Unknown command: <?>
    management.call_command(v.word)


def command_with_an_odd_option(v):
    # -> Unknown option(s) for <?> command: <?>. Valid options are: <?>.
    management.call_command("check", **{v.key: v.word})


def page_that_is_no_number(v):
    # -> That page number is not an integer
    paginator.Paginator([1, 2], 1).page(v.word)


def page_that_is_empty(v):
    # -> That page contains no results
    paginator.Paginator([1, 2], 1).page(v.number)


def document_that_cannot_be_read(v):
    # -> <?>
    list(serializers.deserialize("json", v.sentence))


def document_of_an_unknown_format(v):
    # -> <?>
    serializers.serialize(v.word, [])


def document_of_an_unknown_model(v):
    # -> Invalid model identifier: <?>
    list(serializers.deserialize("json", f'[{{"model": "frobapp.{v.word}", "pk": 1, "fields": {{}}}}]'))


def upload_outside_of_the_directory(v):
    # -> The joined path (<?>) is located outside of the base path component (<?>)
    FileSystemStorage(location=v.home).path(f"../../../{v.word}")


def mail_with_a_line_break(v):
    # -> Header values can't contain newlines (got <?> for header <?>)
    mail.EmailMessage(f"{v.word}\n{v.key}", v.sentence, v.email, [v.email]).message()


def mail_backend_nobody_knows(v):
    # -> <?> doesn't look like a module path
    mail.get_connection(v.word)


def date_out_of_the_calendar(v):
    # -> month must be in 1..12
    dateparse.parse_date("1999-13-45")


def zone_made_twice(v):
    # -> make_aware expects a naive datetime, got <?>
    timezone.make_aware(timezone.now())


def permission_the_app_refuses(v):
    # -> <?> may not read orders
    raise exceptions.PermissionDenied(f"{v.name} may not read orders")


def problem_the_app_reports(v):
    # -> ['<?> is not a size']
    raise exceptions.ValidationError("%(value)s is not a size", params={"value": v.word}, code="size")


def problems_the_app_reports(v):
    # -> {'name': ['<?> is taken'], 'size': ['too large']}
    raise exceptions.ValidationError({"name": [f"{v.name} is taken"], "size": ["too large"]})


def app_nobody_installed(v):
    # -> No installed app with label <?>.
    from django.apps import apps

    apps.get_app_config(v.word)


def model_nobody_made(v):
    # -> No installed app with label <?>.
    from django.apps import apps

    apps.get_model("auth", v.word)


def database_nobody_configured(v):
    # -> The connection <?> doesn't exist.
    User.objects.using(v.word).count()
