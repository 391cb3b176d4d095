"""What each command here takes and leaves: its arguments, records as JSON lines, printed rates."""

import argparse
import json


def make_parser(name, description):
    """The parser of ``python -m name``, whose help is the module's docstring as it stands."""
    return argparse.ArgumentParser(
        prog=f"python -m {name}",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def read_records(path, **wanted):
    """The records of a file of JSON lines; of them those whose fields have the values `wanted`.

    A wanted value of None stands for any.
    """
    asked = {field: value for field, value in wanted.items() if value is not None}
    records = []
    with open(path, encoding="utf-8") as lines:
        for line in filter(str.strip, lines):
            record = json.loads(line)
            if all(record.get(field) == value for field, value in asked.items()):
                records.append(record)
    return records


def write_records(path, records):
    """Write each record as soon as it is made: one JSON object a line."""
    with open(path, "w", encoding="utf-8") as out:
        for record in records:
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def percent(n, total):
    """How many in a hundred, 0 of none."""
    return round(100 * n / max(total, 1), 1)


def print_rates(rates):
    """One line a measure; what has several numbers has them in a row."""
    for measure, value in rates.items():
        numbers = value if isinstance(value, tuple) else (value,)
        print(f"{measure}:", *numbers)
