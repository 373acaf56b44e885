package tag

import "testing"

func TestVerbLemma(t *testing.T) {
	for _, c := range []struct{ form, xpos, want string }{
		{"tackled", "VBD", "tackle"}, {"Floating", "VBG", "float"}, {"centred", "VBN", "centre"}, {"defies", "VBZ", "defy"},
		{"cancelled", "VBN", "cancel"}, {"canceled", "VBN", "cancel"}, {"quashes", "VBZ", "quash"}, {"belied", "VBD", "belie"},
		{"belying", "VBG", "belie"}, {"swapping", "VBG", "swap"}, {"tackled", "JJ", ""}, {"tabled", "NN", ""}, {"went", "VBD", ""},
	} {
		if got := verbLemma(c.form, c.xpos); got != c.want {
			t.Errorf("verbLemma(%q, %s) = %q, want %q", c.form, c.xpos, got, c.want)
		}
	}
}
