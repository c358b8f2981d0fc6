/** On which ports the image listens, by its Dockerfile. */
import { describe, expect, it } from "@jest/globals";
import { portsOfImage } from "../../../../src/checks/project/ports.ts";
import { instructionsFor, instructionsOf } from "../../../../src/request/dockerfile.ts";

describe("portsOfImage", () => {
  it.each<[dockerfile: string, ports: number[], target?: string]>([
    ["EXPOSE 8000", [8000]],
    ["EXPOSE 8000/tcp 9000", [8000, 9000]],
    ["EXPOSE $PORT", []],
    ['CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]', [8000]],
    ["CMD gunicorn -b :8001 \\\n# in front of it is Caddy\n  shop.wsgi", [8001]],
    ["CMD uvicorn shop.asgi:application --port 8002", [8002]],
    ['CMD ["uvicorn", "--port", "8003"]', [8003]],
    ['ENTRYPOINT ["gunicorn"]\nCMD ["-b", ":8004"]', [8004]],
    ["CMD python manage.py runserver 0.0.0.0:8005", [8005]],
    ["CMD ./serve -p 8006", [8006]],
    ["CMD gunicorn shop.wsgi", []],
    ["CMD gunicorn -b :8000\nCMD gunicorn -b :8001", [8001]],
    ["EXPOSE 8000\nCMD gunicorn -b :8000", [8000]],
    ["RUN curl localhost:9999", []],
    ["EXPOSE 0 99999", []],
    // Another stage's are not the image's.
    ["EXPOSE 8000\nFROM scratch AS dev\nEXPOSE 5678\nCMD gunicorn -b :5000", [8000], "web"],
    ["EXPOSE 8000\nFROM web\nEXPOSE 9000", [8000, 9000]],
  ])("%j: %j", (dockerfile, ports, target = "") => {
    const { lines } = instructionsFor(instructionsOf(`FROM x AS web\n${dockerfile}`), target);
    expect(portsOfImage(lines)).toEqual(ports);
  });
});
