"""Does an exception say that a service is missing here: the network, or the credentials that production has?"""

import re

from shipshape_probe import errors, missing

# What is raised when credentials are missing: NoCredentialsError, DefaultCredentialsError, NoRegionError, …
CREDENTIALS = re.compile(r"credential|auth(?!or)|token|region|permission|login|access.?key|secret|account", re.I)
# Production raises these too: the class is called in the wrong way, or is not there.
CERTAIN = (AttributeError, ImportError, NameError, SyntaxError, TypeError)


def needs_service(error):
    """Did it fail because there are no network and no credentials here?"""
    for each in errors.chain(error):
        text = missing.text_of(each)
        if errors.is_service_error(each) or errors.IS_NETWORK.search(text):
            return True
        if isinstance(each, CERTAIN) or "Invalid setting" in text:
            return False
        kind = type(each)
        known = "" if kind.__module__ == "builtins" else kind.__name__
        if CREDENTIALS.search(known) or (known == "ImproperlyConfigured" and CREDENTIALS.search(text)):
            return True
    return False
