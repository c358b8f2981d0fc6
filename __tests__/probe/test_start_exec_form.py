"""A whole command in one item of the exec form: the hint on the program that is not there has the right form."""

from harness import RunTest, rows
from starts import started


class InOneItem(RunTest):
    def hint(self, command, **options):
        run = started(command, **options)
        self.assertEqual([("start", "start.program-missing")], run.failing())
        return run.finding("start.program-missing")["hint"]

    @rows(
        a_server=(["gunicorn shop.wsgi -b :8000"], 'CMD ["gunicorn", "shop.wsgi", "-b", ":8000"]'),
        a_server_that_is_not_there=(["uvicorn shop.asgi:app"], 'CMD ["uvicorn", "shop.asgi:app"]'),
        a_path_among_the_words=(
            ["gunicorn -c /app/gunicorn.conf.py shop.wsgi"], 'CMD ["gunicorn", "-c", "/app/gunicorn.conf.py", "shop.wsgi"]',
        ),
        manage_py=(["python3 manage.py runserver"], 'CMD ["python3", "manage.py", "runserver"]'),
        manage_py_with_its_path=(["python3 /app/manage.py runserver"], 'CMD ["python3", "/app/manage.py", "runserver"]'),
        more_items_after_it=(["gunicorn shop.wsgi", "-b", ":8000"], 'CMD ["gunicorn", "shop.wsgi", "-b", ":8000"]'),
        quotes=(["gunicorn 'shop.wsgi:make(1, 2)'"], 'CMD ["gunicorn", "shop.wsgi:make(1, 2)"]'),
        behind_a_wrapper=(["env", "gunicorn shop.wsgi"], 'CMD ["env", "gunicorn", "shop.wsgi"]'),
    )  # fmt: skip
    def test_each_word_is_an_item_of_its_own(self, command, right):
        hint = self.hint(command)
        self.assertEqual("The exec form takes each word as an item of its own: " + right, hint)

    def test_of_the_entrypoint(self):
        hint = self.hint([], entrypoint=["gunicorn shop.wsgi"])
        self.assertIn('ENTRYPOINT ["gunicorn", "shop.wsgi"]', hint)

    def test_of_a_service(self):
        service = {"name": "worker", "file": "compose.yml", "command": ["celery -A shop worker"], "entrypoint": None}
        hint = self.hint(["true"], services=[service])
        self.assertIn('item of its own: command: ["celery", "-A", "shop", "worker"]', hint)

    def test_of_a_shell_needs_one(self):
        hint = self.hint(["python3 manage.py migrate && gunicorn shop.wsgi"])
        self.assertEqual(
            'Only a shell reads such a command: CMD ["sh", "-c", "python3 manage.py migrate && gunicorn shop.wsgi"]',
            hint,
        )

    @rows(
        a_name_without_spaces=["no-such-program"],
        a_name_whose_first_word_is_no_program=["no such program"],
        a_quote_that_does_not_end=["gunicorn 'shop.wsgi"],
    )
    def test_other_names_are_to_be_corrected(self, command):
        self.assertIn("Correct the name", self.hint(command))
