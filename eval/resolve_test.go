package eval

import (
	"strings"
	"testing"

	"readout/registry"
)

func TestResolveFigures(t *testing.T) {
	const lines = `
{"text": "Angela Merkel", "func": "agent_to_code", "status": "active", "query_date": "10 May 2015", "expect": {"country": "DEU", "code_1": "GOV"}}
{"text": "Angela Merkel", "func": "agent_to_code", "status": "active", "expect": {"country": "DEU", "code_1": "GOV"}}
{"text": "Estonians", "func": "agent_to_code", "status": "active", "query_date": "today", "expect": {"country": "EST", "code_1": ""}}
{"text": "the Kenyan police", "func": "agent_to_code", "status": "active", "expect": {"country_not": "KEN", "code_1_any": ["COP", "GOV"]}}
{"text": "Richard Nobody", "func": "agent_to_code", "status": "active", "expect": {"no_match": true}}
{"text": "the Kenyan police", "func": "search_nat", "status": "active", "expect": {"country": "UGA"}}
{"text": "the Kenyan police", "func": "agent_to_code", "status": "skip", "expect": {"country": "UGA"}}
{"text": "the Kenyan police", "func": "agent_to_code", "status": "active", "suspect": "swapped", "expect": {"country": "UGA"}}
`
	cases, err := ReadResolveCases(strings.NewReader(lines), "cases")
	if err != nil {
		t.Fatal(err)
	}
	reg, err := registry.Default()
	if err != nil {
		t.Fatal(err)
	}
	got := RunResolve(reg, cases)
	for _, c := range []struct {
		name      string
		got, want Tally
	}{
		{"country", got.Country, Tally{3, 4}}, {"role", got.Role, Tally{3, 4}}, {"both", got.Both, Tally{2, 4}}, {"nobody", got.Nobody, Tally{1, 1}},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
	if len(got.Wrong) != 2 {
		t.Errorf("wrong: %q, want 2", got.Wrong)
	}
}

func TestBadResolveCases(t *testing.T) {
	for _, c := range []struct{ lines, want string }{
		{"{\n", "cases:1: "},
		{"\n" + `{"func": "agent_to_code", "status": "active", "query_date": "soon"}`, `cases:2: date "soon"`},
	} {
		if got, err := ReadResolveCases(strings.NewReader(c.lines), "cases"); err == nil || got != nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("ReadResolveCases(%q) = %v, %v, want error %s…", c.lines, got, err, c.want)
		}
	}
}
