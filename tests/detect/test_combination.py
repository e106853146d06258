"""The combination: a surprise by itself and in company, and what is stored of it."""

import json

import numpy as np
import pytest

from lqalbum.detect.combination import Combination, Components
from lqalbum.detect.surprise import Array, normal_scores


def good_photos(count: int = 2000, seed: int = 0) -> Components:
    """Two findings that rise together with the coarse structure, and one of its own."""
    random = np.random.default_rng(seed)
    content = random.normal(size=count)
    values = {
        "blur": content + 0.2 * random.normal(size=count),
        "noise": content + 0.2 * random.normal(size=count),
        "haze": random.normal(size=count),
    }
    return Components(values, (content + 0.2 * random.normal(size=count))[:, None])


def picture(blur: float, noise: float, haze: float, coarse: float) -> Components:
    columns = {"blur": blur, "noise": noise, "haze": haze}
    return Components(
        {name: np.array([value]) for name, value in columns.items()}, np.array([[coarse]])
    )


def scored(combination: Combination, components: Components) -> Array:
    return combination.scores(combination.deviations(components))


@pytest.fixture(scope="module")
def combination() -> Combination:
    return Combination.fit(good_photos())[0]


def test_normal_scores_are_as_rare_as_the_surprises():
    rare = np.array([0.5, 0.1, 0.00135])
    np.testing.assert_allclose(normal_scores(-np.log(rare)), [0, 1.2816, 3.0], atol=1e-3)
    assert np.isfinite(normal_scores(np.array([0.0, 1e6]))).all()


def test_what_the_company_explains_surprises_less(combination: Combination):
    """The same blur: expected beside much noise and coarse structure, odd without them."""
    explained, odd = (
        scored(combination, picture(1.5, other, 0, other))[0] for other in (1.5, -1.5)
    )
    assert odd > explained + 3


def test_a_finding_of_its_own_counts_as_it_is(combination: Combination):
    scores = [scored(combination, picture(0, 0, haze, 0))[0] for haze in (0.0, 2.0, 3.0)]
    assert scores[0] < scores[1] < scores[2]


def test_the_score_is_the_length_of_all_surprises(combination: Combination):
    fresh = good_photos(50, seed=1)
    names = list(combination.laws)
    surprises = np.stack([combination.laws[n].surprise(fresh.values[n]) for n in names], 1)
    together = np.column_stack((normal_scores(surprises), fresh.coarse))
    total: Array = np.zeros(50)
    for column, name in enumerate(names):
        # The residual of a plain regression on all others, its deviation from good photos.
        excess = combination.company.excess(together)[:, column]
        weight = 2.0 if name == "blur" else 1.0
        total += weight * (
            surprises[:, column] ** 2 + combination.excesses[name].surprise(excess) ** 2
        )
    np.testing.assert_allclose(scored(combination, fresh), np.sqrt(total), rtol=1e-12)


def test_excess_is_the_residual_of_a_regression_on_the_others(combination: Combination):
    good = good_photos()
    laws = combination.laws
    rows = np.column_stack(
        [*(normal_scores(law.surprise(good.values[n])) for n, law in laws.items()), good.coarse]
    )
    others = np.column_stack((np.delete(rows, 0, 1), np.ones(len(rows))))
    residual = rows[:, 0] - others @ np.linalg.lstsq(others, rows[:, 0], rcond=None)[0]
    found = combination.company.excess(rows)[:, 0]
    # But for the shrunk correlation.
    assert np.corrcoef(found, residual)[0, 1] > 0.995
    assert found.std() == pytest.approx(1, abs=0.05)


def test_excess_percentiles_tell_the_odd_finding(combination: Combination):
    odd = combination.excess_percentiles(combination.deviations(picture(1.5, -1.5, 0, -1.5)))
    assert set(odd) == set(combination.laws)
    assert odd["blur"][0] > 99 > odd["haze"][0]
    explained = combination.excess_percentiles(combination.deviations(picture(1.5, 1.5, 0, 1.5)))
    assert explained["blur"][0] < 95


def test_rows_and_other_values_leave_the_rest_alone(combination: Combination):
    fresh = good_photos(5, seed=2)
    some = fresh.rows(np.array([3, 1]))
    np.testing.assert_allclose(scored(combination, some), scored(combination, fresh)[[3, 1]])
    hazier = some.with_value("haze", np.array([9.0, 9.0]))
    assert (scored(combination, hazier) > scored(combination, some)).all()
    np.testing.assert_array_equal(hazier.values["blur"], some.values["blur"])


def test_json_round_trip_in_any_order(combination: Combination):
    stored = json.loads(json.dumps(combination.to_json(), sort_keys=True))
    again = Combination.from_json(stored, ("blur", "noise", "haze"))
    fresh = good_photos(20, seed=3)
    np.testing.assert_allclose(scored(again, fresh), scored(combination, fresh), rtol=1e-3)


@pytest.mark.parametrize("names", [("blur", "noise"), ("blur", "noise", "haze", "dullness")])
def test_other_findings_are_refused(combination: Combination, names: tuple[str, ...]):
    with pytest.raises((KeyError, ValueError)):
        Combination.from_json(combination.to_json(), names)


def test_few_photos_are_judged_in_the_company_of_others():
    """In-sample, forty photos would look ordinary, and any further photo unusual beside them."""
    combination, own = Combination.fit(good_photos(40, seed=4))
    further = scored(combination, good_photos(400, seed=5))
    assert np.median(own) == pytest.approx(np.median(further), rel=0.15)
