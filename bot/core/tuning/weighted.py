"""How sure is a share that was estimated from cases of unequal weight?

What is found of either kind is a sum of independent Poisson counts, each with its weight. A weighted sum is near a
gamma distribution of the same mean and variance (M. P. Fay and E. J. Feuer, "Confidence intervals for directly
standardized rates", Statistics in Medicine 16, 1997); for the upper end one more case of the heaviest weight is added.
The share of two gammas is a beta's, rescaled. With equal weights it is the exact binomial bound of Clopper & Pearson.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def p_value(right: Array, wrong: Array, squares: tuple[Array, Array], heaviest: Array, target: float) -> Array:
    """How likely so good a share would be, at most, if the true share were no more than `target`; 0..1, shape as given.

    `right`, `wrong`: sums of weights; `squares`: sums of their squares; `heaviest`: the weight of a case that may be
    wrong and was not seen, 0 where there can be none. Where nothing is right there is no evidence: 1.
    """
    from scipy.special import betainc

    wrong, spread = wrong + heaviest, squares[1] + heaviest**2
    p = np.where(right > 0, 0.0, 1.0)
    both = (right > 0) & (wrong > 0)
    a, a_scale = right[both] ** 2 / squares[0][both], squares[0][both] / right[both]
    b, b_scale = wrong[both] ** 2 / spread[both], spread[both] / wrong[both]
    p[both] = betainc(a, b, target * b_scale / (target * b_scale + (1 - target) * a_scale))
    return p
