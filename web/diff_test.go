package web

import (
	"strings"
	"testing"
)

// sides puts the two texts together again.
func sides(list []piece) (old, new string) {
	for _, p := range list {
		if p.Is != added {
			old += p.Text
		}
		if p.Is != removed {
			new += p.Text
		}
	}
	return old, new
}

func TestDiff(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"", "", ""},
		{"a b", "a b", "a b"},
		{"", "a", "[+a]"},
		{"a", "", "[-a]"},
		{"They met in Oslo.", "They met in Lima.", "They met in [-Oslo.][+Lima.]"},
		{"They met on Monday in Oslo.", "They met in Oslo and talked.", "They met [-on Monday ]in [-Oslo.][+Oslo and talked.]"},
	} {
		got := ""
		for _, p := range diff(c.old, c.new) {
			switch p.Is {
			case added:
				got += "[+" + p.Text + "]"
			case removed:
				got += "[-" + p.Text + "]"
			default:
				got += p.Text
			}
		}
		if got != c.want {
			t.Errorf("diff(%q, %q) = %q, want %q", c.old, c.new, got, c.want)
		}
	}
	long := strings.Repeat("x y z ", 3000)
	other := strings.Repeat("u v w ", 3000)
	if old, new := sides(diff("a "+long+"b", "a "+other+"b")); old != "a "+long+"b" || new != "a "+other+"b" {
		t.Error("texts that have nothing in common do not come back")
	}
}

// FuzzDiff: both texts can be had from their differences.
func FuzzDiff(f *testing.F) {
	f.Add("They met in Oslo.", "They met in Lima, and in Oslo.")
	f.Add("a  b\n\nc", "a b\nc\xff")
	f.Fuzz(func(t *testing.T, a, b string) {
		if old, new := sides(diff(a, b)); old != a || new != b {
			t.Errorf("diff(%q, %q) gives back %q, %q", a, b, old, new)
		}
	})
}
