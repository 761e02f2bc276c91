"""The action API answers as CKAN does, about the datasets of the catalogue."""

import uuid

import pytest

from dcat_hk.serving.web.ckan import CkanApi


@pytest.fixture(scope="module")
def api(library):
    """Return the API of the seeds' catalogue."""
    return CkanApi(library, library.index)


def ask(api, action, language="zh-Hant", **parameters):
    """Return the result of an action that succeeds."""
    answer = api.answer(action, {name.replace("__", "."): value for name, value in parameters.items()}, language)
    assert (answer.status, answer.body["success"]) == (200, True)
    return answer.body["result"]


def test_a_search_counts_all_and_lists_a_page(api, library):
    """`count` is of all that was found, `name` is the identifier, and pages fit together."""
    found = ask(api, "package_search", q="醫院", rows="5")
    more = ask(api, "package_search", q="醫院", rows="5", start="5")
    names = [one["name"] for one in found["results"] + more["results"]]
    assert len(names) == len(set(names)) == 10
    assert found["count"] == more["count"] > 10
    assert {f"{library.base}dataset/{name}" for name in names} <= set(library.datasets)
    everything = ask(api, "package_search", q="*:*", rows="0")
    assert (everything["count"], everything["results"]) == (len(library.datasets), [])


@pytest.mark.parametrize(
    ("tag", "title"),
    [("en", "Health Bureau"), ("zh-Hant", "醫務衞生局"), ("zh-Hans", "医务卫生局"), ("zh_CN", "医务卫生局")],
)
def test_labels_are_in_the_language_asked_for(api, tag, title):
    """`lang` chooses, as the tag of BCP 47 or as CKAN writes it."""
    found = ask(api, "package_search", fq="organization:hk-hhb", rows="1", lang=tag)
    assert found["results"][0]["organization"]["title"] == title


def test_filters_are_understood_as_solr_writes_them(api):
    """In `fq` or `q`, with quotes, plus signs, AND, and a list of values."""

    def count(**parameters):
        return ask(api, "package_search", rows="0", **parameters)["count"]

    one = count(fq="organization:hk-hhb")
    assert one == count(fq='+organization:"hk-hhb"') == count(q="organization:hk-hhb") > 0
    assert count(fq="organization:(hk-hhb OR hospital)") == one + count(fq="organization:hospital")
    assert count(fq="organization:hk-hhb AND res_format:CSV") == count(
        fq="organization:hk-hhb", fq_list=["res_format:CSV"]
    )
    assert count(fq="organization:hk-hhb", q="急症") == count(q="急症 organization:hk-hhb")
    both = "organization:hk-hhb OR organization:hospital"
    assert count(fq=both) == count(fq="organization:(hk-hhb OR hospital)") > one
    assert count(fq=f"{both} metadata_modified:[2020-01-01T00:00:00Z TO *]") == count(fq=both)
    assert count(fq="-organization:hk-hhb") == count() - one
    assert count(fq="-organization:hk-hhb -organization:hospital") == count() - count(fq=both)
    assert count(fq="organization:hk-hhb organization:hospital") == 0


def test_filters_that_hold_for_every_dataset_change_nothing(api, library):
    """Clients of CKAN ask for active and public datasets; a value of any kind is every dataset."""
    for filters in ("+state:active +dataset_type:dataset", "private:false", "organization:*"):
        assert ask(api, "package_search", fq=filters, rows="0")["count"] == len(library.datasets)


def test_facets_have_counts_and_labels(api):
    """As CKAN has them, in both forms."""
    found = ask(api, "package_search", "en", rows="0", facet__field='["organization", "res_format", "nothing"]')
    assert set(found["facets"]) == {"organization", "res_format"}
    items = found["search_facets"]["organization"]["items"]
    assert {item["name"]: item["count"] for item in items} == found["facets"]["organization"]
    assert "Health Bureau" in {item["display_name"] for item in items}


def test_every_package_that_is_listed_is_shown(api, library):
    """The names of the list lead to packages whose parts fit together."""
    names = ask(api, "package_list")
    assert len(names) == len(library.datasets)
    for name in names[::20]:
        package = ask(api, "package_show", id=name)
        assert package["name"] == name
        assert (
            package == ask(api, "package_show", id=package["id"]) == ask(api, "package_show", id=package["id"].upper())
        )
        assert {package["id"]} >= {one["package_id"] for one in package["resources"]}
        assert package["title"]
        assert package["num_resources"] == len(package["resources"])
        assert len({one["id"] for one in package["resources"]}) == len(package["resources"])
        assert {"uri", "stage"} <= {one["key"] for one in package["extras"]}
    assert ask(api, "package_list", limit="3", offset="1") == names[1:4]


def test_bodies_and_categories_are_organisations_and_groups(api, library):
    """Their numbers of packages add up, and each is shown by its name."""
    bodies = ask(api, "organization_list", all_fields="true")
    assert sum(body["package_count"] for body in bodies) == len(library.datasets)
    assert ask(api, "organization_list") == [body["name"] for body in bodies]
    assert ask(api, "organization_show", id=bodies[0]["name"]) == bodies[0]
    groups = ask(api, "group_list", "en", all_fields=True)
    assert "Health" in {group["title"] for group in groups}
    assert ask(api, "group_show", "en", id="health")["title"] == "Health"
    assert ask(api, "tag_list")
    assert ask(api, "license_list") == []
    assert ask(api, "status_show")["site_url"] == library.base


@pytest.mark.parametrize(
    ("action", "parameters", "status"),
    [
        ("package_show", {"id": "nothing"}, 404),
        ("package_show", {"id": "../catalogue"}, 404),
        ("package_show", {}, 409),
        ("package_show", {"id": ["a"]}, 409),
        ("organization_show", {"id": "nothing"}, 404),
        ("package_search", {"rows": "-1"}, 409),
        ("package_search", {"fq": "-(organization:hk-hhb tags:a)"}, 409),
        ("package_search", {"fq": "organization:hk-hhb OR tags:a"}, 409),
        ("package_search", {"fq": "hospital"}, 409),
        ("package_search", {"fq": "metadata_modified:2020"}, 409),
        ("package_search", {"fq": "year:[2019 TO 2020]"}, 409),
        ("package_search", {"fq": ["organization:hk-hhb", "nothing:1"]}, 409),
        ("package_search", {"sort": "views_recent desc"}, 400),
        ("package_search", {"sort": "name sideways"}, 400),
        ("help_show", {}, 409),
        ("help_show", {"name": "package_create"}, 404),
        ("resource_show", {"id": "nothing"}, 404),
        ("resource_show", {"id": str(uuid.NAMESPACE_DNS)}, 404),
        ("package_show", {"id": str(uuid.NAMESPACE_DNS)}, 404),
        ("group_show", {"id": str(uuid.NAMESPACE_DNS)}, 404),
        ("package_search", {"start": "x"}, 409),
        ("package_create", {}, 404),
    ],
)
def test_refusals_are_those_of_ckan(api, action, parameters, status):
    """No traceback: a status, and what is wrong."""
    answer = api.answer(action, parameters, "en")
    assert (answer.status, answer.body["success"]) == (status, False)
    assert answer.body["error"]["__type"]


def test_every_filter_counts(api):
    """Several `fq`, a list in JSON, `fq_list`: none is passed over."""

    def count(**parameters):
        return ask(api, "package_search", rows="0", **parameters)["count"]

    both = count(fq=["organization:hk-hhb", "res_format:CSV"])
    assert 0 < both < count(fq="organization:hk-hhb")
    assert both == count(fq="organization:hk-hhb", fq_list=["res_format:CSV"])
    assert count(fq=["organization:hk-hhb", "state:deleted"]) == 0


def test_harvesters_ask_for_what_changed_since(api, library):
    """All datasets have the time of the build: all of them, or none."""
    for times, found in (("[2020-01-01T00:00:00Z TO *]", len(library.datasets)), ("[* TO 2020-01-01T00:00:00Z]", 0)):
        assert ask(api, "package_search", fq=f"metadata_modified:{times}", rows="0")["count"] == found


def test_the_order_is_one_of_ckan(api):
    """It is said as it was understood, and turned round it lists the same from the end."""
    names = [one["name"] for one in ask(api, "package_search", sort="name asc", rows="1000")["results"]]
    found = ask(api, "package_search", sort="id desc, score desc", rows="1000")
    assert [one["name"] for one in found["results"]] == names[::-1] == sorted(names, reverse=True)
    assert found["sort"] == "id desc, score desc"


def test_lists_have_no_end_that_is_not_told(api):
    """Lists of packages, of bodies and of keywords are whole, or as long as was asked for."""
    packages = ask(api, "current_package_list_with_resources", limit="30", offset="2")
    assert [one["name"] for one in packages] == ask(api, "package_list")[2:32]
    keywords = {
        keyword["name"] for one in ask(api, "package_search", rows="1000")["results"] for keyword in one["tags"]
    }
    assert len(keywords) > 200
    assert set(ask(api, "tag_list")) == keywords
    assert all("統計" in name for name in ask(api, "tag_list", query="統計"))
    bodies = ask(api, "organization_list")
    assert ask(api, "organization_list", limit="2", offset="1") == bodies[1:3]
    assert ask(api, "organization_list", organizations=f"{bodies[0]},{bodies[2]}") == [bodies[0], bodies[2]]


@pytest.mark.parametrize(
    "form", ['["organization","tags"]', "organization,tags", ["organization", "tags"], "['tags','organization']"]
)
def test_facets_are_named_in_any_way(api, form):
    """As JSON, with commas, several times, or as Python writes lists; values are as many as asked for."""
    facets = ask(api, "package_search", rows="0", facet__field=form, facet__limit="3")["facets"]
    assert set(facets) == {"organization", "tags"}
    assert {len(values) for values in facets.values()} == {3}
    assert len(ask(api, "package_search", rows="0", facet__field=form, facet__limit="-1")["facets"]["tags"]) > 200
    assert ask(api, "package_search", rows="0", facet__field=form, facet="false")["facets"] == {}


def test_help_tells_what_an_action_does(api, library):
    """The address in every answer leads to it."""
    answer = api.answer("package_show", {"id": library.datasets[0].rpartition("/")[2]}, "en")
    assert answer.body["help"].endswith("help_show?name=package_show")
    assert ":param id:" in ask(api, "help_show", name="package_show")
    assert ask(api, "site_read") is True


def test_a_resource_is_shown_by_its_id(api):
    """As its package has it."""
    package = next(one for one in ask(api, "package_search", rows="50")["results"] if one["resources"])
    assert ask(api, "resource_show", id=package["resources"][0]["id"]) == package["resources"][0]


def test_rows_have_a_limit(api):
    """More than a thousand are a thousand, as in CKAN."""
    assert len(ask(api, "package_search", rows="999999")["results"]) <= 1000


def test_all_that_ckan_has_ids_for_has_a_uuid(api):
    """CKAN refuses other identifiers; each leads back to its thing, and none to another kind of thing."""
    found = ask(api, "package_search", rows="1000")["results"]
    bodies, groups = (
        {one["id"]: one for one in ask(api, name, all_fields=True)} for name in ("organization_list", "group_list")
    )
    packages = {one["id"]: one for one in found}
    resources = {one["id"]: one for package in found for one in package["resources"]}
    ids = [*packages, *resources, *bodies, *groups]
    assert (
        len(ids) == len(set(ids)) == len(found) + sum(one["num_resources"] for one in found) + len(bodies) + len(groups)
    )
    assert all(str(uuid.UUID(one)) == one for one in ids)
    assert {one["owner_org"] for one in found} == {one["organization"]["id"] for one in found} == set(bodies)
    assert {group["id"] for one in found for group in one["groups"]} == set(groups)
    body = next(iter(bodies))
    assert ask(api, "organization_show", id=body) == bodies[body]
    count = ask(api, "package_search", fq=f"owner_org:{body}", rows="0")["count"]
    assert (
        count
        == bodies[body]["package_count"]
        == ask(api, "package_search", fq=f"-organization:{body}")["count"] * -1 + len(found)
    )
    resource = next(iter(resources))
    assert ask(api, "resource_show", id=resource) == resources[resource]
    for action in ("package_show", "organization_show", "group_show"):
        assert api.answer(action, {"id": resource}, "en").status == 404


PROBLEMS = [
    ("package_show", {"id": "nothing"}, "Not found", "找不到", "找不到"),
    ("package_search", {"rows": "-1"}, "Must be a natural number", "須為自然數", "须为自然数"),
    (
        "package_search",
        {"sort": "x"},
        'Search Query is invalid: Invalid "sort" parameter',
        "搜尋查詢無效",
        "搜索查询无效",
    ),
    (
        "package_search",
        {"fq": "colour:red"},
        "There is no filter colour: use organization,",
        "沒有colour這項",
        "没有colour这项",
    ),
    ("no_such", {}, "Action name not known: no_such", "沒有這個動作：no_such", "没有这个动作：no_such"),
]


@pytest.mark.parametrize(("action", "parameters", "english", "traditional", "simplified"), PROBLEMS)
def test_errors_are_told_in_the_language_asked_for(api, action, parameters, english, traditional, simplified):
    """By `lang`, as labels are; without it in English, whatever the language of labels."""
    told = {
        "": english,
        "en": english,
        "en_GB": english,
        "zh-Hant": traditional,
        "zh_Hant_TW": traditional,
        "zh-Hans": simplified,
    }
    for tag, words in told.items():
        error = api.answer(action, {**parameters, "lang": tag}, "zh-Hant").body["error"]
        (message,) = (value for name, value in error.items() if name != "__type")
        assert words in (message[0] if isinstance(message, list) else message)
