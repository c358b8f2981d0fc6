"""The environment variables that pydantic's settings classes declare: it reads all of the environment at once."""

import os
import sys

# pydantic 2 has the class in a package of its own; pydantic 1, and what is left of it in 2, have it themselves.
HOMES = ("pydantic_settings", "pydantic.env_settings", "pydantic.v1.env_settings")


def declared(first_party):
    """The variables that the project's settings classes declare: {name: is it set?}."""
    there = {name.upper(): name for name in os.environ.copy()}
    found = {}
    for kind in settings_classes():
        module = sys.modules.get(kind.__module__)  # it is gone if the settings crashed in it
        if module is None or first_party.owns(getattr(module, "__file__", None)):
            for name in variables_of(kind):
                found[there.get(name, name)] = name in there
    return found


def settings_classes():
    """Yield every subclass of pydantic's BaseSettings that is loaded."""
    bases = [getattr(sys.modules.get(home), "BaseSettings", None) for home in HOMES]
    waiting = [kind for base in bases if base for kind in base.__subclasses__()]
    while waiting:
        kind = waiting.pop()
        yield kind
        waiting.extend(kind.__subclasses__())


def variables_of(kind):
    """Yield the names, in capitals, of the variables that a settings class reads."""
    prefix = variable_prefix(kind)
    for field, options in fields_of(kind).items():
        alias = getattr(options, "validation_alias", None)
        aliases = [alias] if isinstance(alias, str) else getattr(alias, "choices", None)
        if aliases is None:  # pydantic 1
            aliases = getattr(getattr(options, "field_info", None), "extra", {}).get("env_names")
        for name in aliases or [prefix + field]:
            if isinstance(name, str):
                yield name.upper()


def fields_of(kind):
    fields = getattr(kind, "model_fields", None) or getattr(kind, "__fields__", {})
    return fields if isinstance(fields, dict) else {}


def variable_prefix(kind):
    return (getattr(kind, "model_config", None) or {}).get("env_prefix", "")
