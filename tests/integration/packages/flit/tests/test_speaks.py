import os
import unittest

import speaks


class Test(unittest.TestCase):
    def test_where(self):
        self.assertIn("site-packages", speaks.__file__)

    def test_that_fails_if_it_is_to(self):
        self.assertEqual(os.environ.get("FAILS", ""), "")
