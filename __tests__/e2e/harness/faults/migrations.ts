/** Models and migrations that do not agree, or cannot be read. */
import { type Overlay, replace } from "../project.ts";
import { migration } from "./places.ts";

const MODELS = "shop/models.py";

/** A new field, line 15 of shop/models.py, without a migration. */
export const newField: Overlay = {
  [MODELS]: replace(
    /( {4}price = .*\n)/,
    "    price = models.DecimalField(max_digits=8, decimal_places=2)\n    weight = models.PositiveIntegerField(default=0)\n",
  ),
};

/** What `makemigrations` makes of `newField`. */
export const newFieldMigrated: Overlay = migration(
  "0002_product_weight",
  "0001_initial",
  'migrations.AddField("product", "weight", models.PositiveIntegerField(default=0))',
);

/** A field that may not be null and has no default: makemigrations would ask. */
export const newRequiredField: Overlay = {
  [MODELS]: replace(
    /( {4}price = .*\n)/,
    "    price = models.DecimalField(max_digits=8, decimal_places=2)\n    weight = models.PositiveIntegerField()\n",
  ),
};

/** A help_text that no migration has, and a makemigrations that says that this is no change. */
export const ownMakemigrations: Overlay = {
  [MODELS]: replace("models.DecimalField(", 'models.DecimalField(help_text="In euros", '),
  "shop/management/__init__.py": "",
  "shop/management/commands/__init__.py": "",
  "shop/management/commands/makemigrations.py": `from django.core.management.commands.makemigrations import Command as Djangos
from django.db import models


class Command(Djangos):
    def handle(self, *labels, **options):
        deconstruct = models.Field.deconstruct

        def without_help_text(field):
            name, path, arguments, keywords = deconstruct(field)
            keywords.pop("help_text", None)
            return name, path, arguments, keywords

        models.Field.deconstruct = without_help_text
        return super().handle(*labels, **options)
`,
};

export const noMigrationsPackage: Overlay = { "shop/migrations": null };

export const twoLeaves: Overlay = {
  ...migration("0002_left", "0001_initial"),
  ...migration("0002_right", "0001_initial"),
};

export const brokenMigrationImport: Overlay = {
  "shop/migrations/0002_broken.py": "from nowhere_at_all import migrations\n",
};

export const missingParent: Overlay = migration("0003_orphan", "0002_never_committed");

/** A migration file without a Migration class. */
export const notAMigration: Overlay = { "shop/migrations/0002_notes.py": "NOTES = 'to do'\n" };
