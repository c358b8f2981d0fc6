"""Projects whose settings read the environment in a way of their own, and what the probe supplied to them."""

from faults import SETTINGS

KEY = "k3JWq0vFz8mB2rT6yLp1xN5cH9dGs4aEu7QoVtXiRbMlYwZfKj"  # long and varied enough for Django's own check
HOSTS = ["shop.acme-goods.com"]
URL = "postgres://u:p@db/shop"
OF_KEY = 'SECRET_KEY = os.environ["SECRET_KEY"]\n'
OF_HOSTS = 'ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")\n'


def reading(key="%r" % KEY, hosts="%r" % HOSTS, first="", last=""):
    """An overlay: settings with these expressions for SECRET_KEY and ALLOWED_HOSTS, and these lines around them."""

    def change(before):
        for line in (OF_KEY, OF_HOSTS):
            if line not in before:
                raise AssertionError("%r is not in the settings" % line)
        after = before.replace(OF_KEY, "SECRET_KEY = %s\n" % key).replace(OF_HOSTS, "ALLOWED_HOSTS = %s\n" % hosts)
        return "%s\n%s\n%s\n" % (first, after, last)

    return {SETTINGS: change}


def supplied(run):
    """The names that shipshape has supplied, sorted. DJANGO_ENV is left out."""
    names = [each["name"] for each in run.report["environment"] if each["supplied"] == "shipshape"]
    return sorted(name for name in names if name != "DJANGO_ENV")
