/** On which ports the servers of Django projects listen. Forms as in the projects that are named. */
import { describe, expect, it } from "@jest/globals";
import { listeningOf } from "../../../../src/checks/project/listening.ts";
import { splitWords } from "../../../../src/checks/project/words.ts";

/** `8000`, `local 8000`, `perhaps 8000`. */
function shown(line: string): string | undefined {
  const found = listeningOf(splitWords(line));
  if (found === undefined) return undefined;
  const { ports, loopback, certain } = found;
  const all = ports.map((port) => (loopback.includes(port) ? `local ${port}` : port)).join(" ");
  return certain ? all : `perhaps ${all}`.trim();
}

describe("listeningOf", () => {
  it.each<[line: string, ports: string | undefined]>([
    ["gunicorn shop.wsgi -b 0.0.0.0:8080", "8080"],
    ["gunicorn shop.wsgi -b:8080", "8080"],
    ["gunicorn shop.wsgi --bind=[::]:8080 -w 4", "8080"],
    ["gunicorn -c gunicorn.conf.py --bind tcp://0.0.0.0:8001 shop.wsgi", "8001"],
    ["gunicorn -b :8000 -b :8001 shop.wsgi", "8000 8001"],
    ["/venv/bin/python -m gunicorn shop.wsgi -b :8080", "8080"],
    ["poetry run gunicorn shop.wsgi -b :8080", "8080"],
    // testdrivenio/django-on-docker, cookiecutter/cookiecutter-django #1938: gunicorn on 5000.
    ["gunicorn hello_django.wsgi:application --bind 0.0.0.0:8000", "8000"],
    ["/usr/local/bin/gunicorn config.wsgi --bind 0.0.0.0:5000 --chdir=/app", "5000"],
    // jwilder/nginx-proxy #571: a shell's line.
    ['bash -c "/usr/bin/nginx && gunicorn shop.wsgi -b 0.0.0.0:8002"', "perhaps 8002"],
    ['sh -c "./metrics & gunicorn shop.wsgi -b :8002"', "perhaps 8002"],
    [
      'sh -c "while ! nc -z db 5432; do sleep 1; done && A=b ./manage.py migrate 2>&1; exec gunicorn x -b :8002"',
      "8002",
    ],
    ['sh -c "celery -A shop worker & gunicorn shop.wsgi -b :8002"', "perhaps 8002"],
    ['/entrypoint.sh sh -c "python manage.py migrate; exec gunicorn shop.wsgi -b :8003"', "8003"],
    ["gunicorn shop.wsgi -b 127.0.0.1:8000", "local 8000"],
    ["gunicorn shop.wsgi", "perhaps 8000"],
    ["gunicorn -c gunicorn.conf.py shop.wsgi", "perhaps 8000"],
    ["gunicorn -b unix:/run/shop.sock shop.wsgi", "perhaps"],
    ["gunicorn -b unix:/run/shop.8000 shop.wsgi", "perhaps"],
    ["gunicorn -b :${PORT:-8000} shop.wsgi", undefined],
    ["uvicorn shop.asgi:application --host 0.0.0.0 --port 8001", "8001"],
    ["uvicorn shop.asgi --port=8001 --host=127.0.0.1", "local 8001"],
    ["uvicorn shop.asgi --host 0.0.0.0", "perhaps 8000"],
    ["uvicorn shop.asgi --port 8000", "local 8000"],
    ["uvicorn shop.asgi", "perhaps local 8000"],
    ["uvicorn shop.asgi --uds /run/shop.sock", "perhaps 8000"],
    ["daphne -p 8002 shop.asgi", "local 8002"],
    ["granian --interface asgi --port 8004 shop.asgi", "local 8004"],
    ["daphne -b 0.0.0.0 -p 8002 shop.asgi:application", "8002"],
    ["daphne -e tcp:port=8002 shop.asgi", "perhaps 8000"],
    ["hypercorn shop.asgi --bind 0.0.0.0:8003", "8003"],
    ["granian --interface wsgi shop.wsgi:application --host 0.0.0.0 --port 8004", "8004"],
    ["waitress-serve --listen=*:8041 shop.wsgi:application", "8041"],
    ["waitress-serve --port=8041 shop.wsgi:application", "8041"],
    ["waitress-serve shop.wsgi:application", "perhaps 8080"],
    ["uwsgi --http-socket :8080 --module shop.wsgi", "8080"],
    ["uwsgi --http :8080 --ini uwsgi.ini", "perhaps 8080"],
    ["uwsgi --ini uwsgi.ini", "perhaps"],
    ["celery -A shop worker", undefined],
    ["python manage.py runserver 0.0.0.0:8000", undefined],
    ["/start", undefined],
    ["", undefined],
  ])("%s: %s", (line, ports) => expect(shown(line)).toBe(ports));
});
