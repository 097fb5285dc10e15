from drumbeat.core.content import attention_categories, library


def test_the_nine_categories_share_all_the_hours():
    found = attention_categories()
    assert [each.id for each in found] == [
        "coach_managers", "customers_joint", "plan_execution", "team_meetings", "hiring_bench",
        "suppliers", "fires", "internal_admin", "own_learning",
    ]  # fmt: skip
    assert round(sum(each.target_share for each in found), 6) == 1


def test_every_list_of_things_with_ids_names_each_once():
    for name, rows in library().items():
        if isinstance(rows, list) and rows and isinstance(rows[0], dict) and "id" in rows[0]:
            ids = [row["id"] for row in rows]
            assert len(ids) == len(set(ids)), name
