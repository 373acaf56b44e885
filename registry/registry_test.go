package registry

import (
	"testing"
	"time"
)

func load(t testing.TB) *Registry {
	t.Helper()
	r, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 12, 0, 0, 0, time.UTC) }

func TestLookup(t *testing.T) {
	r := load(t)
	for _, c := range []struct {
		name, key string
		form      Form
	}{
		{"Azerbaijani", "AZE", FormAdjective},
		{"Azerbaijanis", "AZE", FormDemonym},
		{"U.S.", "USA", FormAcronym},
		{"us", "", 0},
		{"turkey", "", 0},
		{"Turkey", "TUR", FormName},
		{"Türkiye", "TUR", FormName},
		{"the Kremlin", "metonym-kremlin", FormMetonym},
		{"WHO", "world-health-organization", FormAcronym},
		{"who", "", 0},
		{"Who", "", 0},
		{"Angela Merkel", "angela-merkel", FormName},
		{"Merkel", "angela-merkel", FormSurname},
	} {
		got := r.Lookup(c.name)
		switch {
		case len(got) == 0 && c.key != "":
			t.Errorf("Lookup(%q) = nothing, want %s", c.name, c.key)
		case len(got) > 0 && (got[0].Entry.Key != c.key || got[0].Form != c.form):
			t.Errorf("Lookup(%q) = %s %s, want %q %s", c.name, got[0].Entry.Key, got[0].Form, c.key, c.form)
		}
	}
}

func TestHolders(t *testing.T) {
	r := load(t)
	got := r.Holders(r.OfficeKindOf("president", "FRA"), "FRA", day(2018, 8, 1))
	if len(got) != 1 || got[0].Name != "Emmanuel Macron" {
		t.Errorf("president of France: %v", got)
	}
}
