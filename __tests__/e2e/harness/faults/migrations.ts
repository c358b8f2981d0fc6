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
