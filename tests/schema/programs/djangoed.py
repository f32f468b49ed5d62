"""A web app of django that asks its database and fails."""

import django
import stock
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from werkzeug.test import Client

stock.init(traces_sample_rate=1.0)
settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="x",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)


def listed(request, customer):
    values = stock.nasties()
    with connection.cursor() as cursor:
        cursor.execute("select %s", [customer])
        (found,) = cursor.fetchone()
        cursor.execute("select name from orders where customer = %s", [found])
    return HttpResponse(values)


def shown(request):
    return HttpResponse(
        engines["django"].from_string("<p>\n{% for x in y %}{{ x|add:z }}{% endfor %}").render({"y": 1})
    )


urlpatterns = [path("orders/<str:customer>/", listed), path("shown/", shown)]

if __name__ == "__main__":
    django.setup()
    client = Client(get_wsgi_application())
    client.set_cookie("session", "x")
    client.get("/orders/gärtner/", query_string={"größe": "7", "many": ["1", "2"]})
    client.post("/orders/gärtner/", data={"name": "Erika"})
    client.get("/shown/")
    client.get("/missing/")
