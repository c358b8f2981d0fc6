/** One app of the sixty: six models with their migration, admin, views, templates and static files. */
import { staticFiles } from "./static-files.ts";

const MODELS = ["Account", "Batch", "Carrier", "Document", "Entry", "Flag"] as const;

/** `app07`. */
export function appName(app: number): string {
  return `app${String(app).padStart(2, "0")}`;
}

/** All files of one app, by path. */
export function appFiles(app: number): Record<string, string | Uint8Array> {
  const name = appName(app);
  const files: Record<string, string | Uint8Array> = {
    [`${name}/__init__.py`]: "",
    [`${name}/apps.py`]: `from django.apps import AppConfig


class Config(AppConfig):
    name = "${name}"
`,
    [`${name}/models.py`]: models(app),
    [`${name}/admin.py`]: admin(),
    [`${name}/views.py`]: views(app),
    [`${name}/urls.py`]: urls(app),
    [`${name}/migrations/__init__.py`]: "",
    [`${name}/migrations/0001_initial.py`]: migration(app),
    [`${name}/templates/${name}/base.html`]: `{% load static %}<!doctype html>
<link rel="stylesheet" href="{% static '${name}/css/site.css' %}">
<script src="{% static '${name}/js/main.js' %}"></script>
{% block content %}{% endblock %}
`,
  };
  for (const model of MODELS) {
    files[`${name}/templates/${name}/${model.toLowerCase()}_list.html`] = `{% extends "${name}/base.html" %}
{% load static %}
{% block content %}<img src="{% static '${name}/img/0.png' %}">
{% for one in page %}<p>{{ one }}</p>{% endfor %}{% endblock %}
`;
  }
  return Object.assign(files, staticFiles(name, app));
}

interface Field {
  readonly name: string;
  /** As in models.py. */
  readonly source: string;
  /** As in a migration, where it differs. */
  readonly migrated?: string;
}

/** The fields of a model: plain ones, a relation inside the app, one to the app before. */
function fields(app: number, index: number): Field[] {
  const found: Field[] = [
    { name: "name", source: "models.CharField(max_length=100)" },
    { name: "code", source: "models.SlugField(unique=True)" },
    { name: "amount", source: "models.DecimalField(decimal_places=2, default=0, max_digits=10)" },
    { name: "created", source: "models.DateTimeField(auto_now_add=True)" },
    { name: "active", source: "models.BooleanField(default=True)" },
    { name: "notes", source: "models.TextField(blank=True)" },
  ];
  const before = MODELS[index - 1];
  if (before !== undefined) {
    found.push({
      name: "parent",
      source: `models.ForeignKey(${before}, on_delete=models.CASCADE, related_name="children")`,
      migrated: `models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="children", to="${appName(app)}.${before.toLowerCase()}")`,
    });
  }
  if (app > 0) {
    const to = `${appName(app - 1)}.${MODELS[index]}`;
    const related = `${appName(app)}_${index}`;
    found.push({
      name: "origin",
      source: `models.ForeignKey("${to}", blank=True, null=True, on_delete=models.SET_NULL, related_name="${related}")`,
      migrated: `models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="${related}", to="${to.toLowerCase()}")`,
    });
  }
  return found;
}

/** models.py of an app. */
export function models(app: number): string {
  const classes = MODELS.map(
    (model, index) => `class ${model}(models.Model):
${fields(app, index)
  .map(({ name, source }) => `    ${name} = ${source}`)
  .join("\n")}

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["active", "created"], name="${appName(app)}_${index}_active")]

    def __str__(self):
        return self.name
`,
  );
  return `from django.db import models\n\n\n${classes.join("\n\n")}`;
}

function migration(app: number): string {
  const creations = MODELS.map(
    (model, index) => `        migrations.CreateModel(
            name="${model}",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
${fields(app, index)
  .map(({ name, source, migrated }) => `                ("${name}", ${migrated ?? source}),`)
  .join("\n")}
            ],
            options={
                "ordering": ["name"],
                "indexes": [models.Index(fields=["active", "created"], name="${appName(app)}_${index}_active")],
            },
        ),`,
  );
  return `import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [${app > 0 ? `("${appName(app - 1)}", "0001_initial")` : ""}]

    operations = [
${creations.join("\n")}
    ]
`;
}

function admin(): string {
  return `from django.contrib import admin

from .models import ${MODELS.join(", ")}

${MODELS.map(
  (model) => `
@admin.register(${model})
class ${model}Admin(admin.ModelAdmin):
    list_display = ["name", "code", "active"]
    list_filter = ["active"]
    search_fields = ["name", "code"]
`,
).join("\n")}`;
}

/** views.py of an app. */
export function views(app: number): string {
  return `from django.shortcuts import render

from . import models
${MODELS.map(
  (model) => `

def ${model.toLowerCase()}_list(request):
    page = models.${model}.objects.filter(active=True)[:50]
    return render(request, "${appName(app)}/${model.toLowerCase()}_list.html", {"page": page})
`,
).join("")}`;
}

function urls(app: number): string {
  return `from django.urls import path

from . import views

app_name = "${appName(app)}"
urlpatterns = [
${MODELS.map((model) => `    path("${model.toLowerCase()}/", views.${model.toLowerCase()}_list, name="${model.toLowerCase()}"),`).join("\n")}
]
`;
}
