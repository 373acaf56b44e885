package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"readout/registry"
)

// ResolveCase is a phrase with the codes that a coder gave it: a line of JSON.
type ResolveCase struct {
	ID      string        `json:"id"`
	Text    string        `json:"text"`
	Func    string        `json:"func"` // the question; that for the whole answer is agent_to_code
	Date    string        `json:"query_date"`
	Context string        `json:"context"`
	Land    string        `json:"known_country"`
	Status  string        `json:"status"`
	Suspect any           `json:"suspect"` // why the expectation is in doubt; nil where it is not
	Expect  ResolveExpect `json:"expect"`
	at      time.Time
}

// ResolveExpect is what a case asserts; a field that is nil is not asked for.
type ResolveExpect struct {
	Country    *string  `json:"country"`
	CountryNot *string  `json:"country_not"`
	Role       *string  `json:"code_1"`
	RoleAny    []string `json:"code_1_any"`
	NoMatch    bool     `json:"no_match"`
}

// undatedResolve is the day of a case that has none, or "today": about that of
// the cases' making.
var undatedResolve = time.Date(2022, 10, 20, 0, 0, 0, 0, time.UTC)

// ReadResolveCases reads cases, one a line, and keeps those that ask for the
// whole answer and that their makers stand by. A line that breaks the format
// gives an error with its number.
func ReadResolveCases(r io.Reader, name string) ([]ResolveCase, error) {
	var out []ResolveCase
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		if strings.TrimSpace(sc.Text()) == "" {
			continue
		}
		var c ResolveCase
		if err := json.Unmarshal(sc.Bytes(), &c); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		if c.Func != "agent_to_code" || c.Status != "active" || c.Suspect != nil && c.Suspect != false {
			continue
		}
		var err error
		if c.at, err = caseDate(c.Date); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		out = append(out, c)
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

func caseDate(s string) (time.Time, error) {
	if s == "" || strings.EqualFold(s, "today") {
		return undatedResolve, nil
	}
	for _, layout := range [...]string{time.DateOnly, "2 January 2006", "January 2, 2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("date %q cannot be read", s)
}

// ResolveResult is how many of the cases that ask for something have it right,
// and which do not.
type ResolveResult struct {
	Country, Role, Both, Nobody Tally
	Wrong                       []string // a line each: the phrase, what it should be, what it is
}

// RunResolve asks a registry for all cases.
func RunResolve(reg *registry.Registry, cases []ResolveCase) ResolveResult {
	var out ResolveResult
	count := func(t *Tally, right bool) {
		t.Of++
		if right {
			t.Held++
		}
	}
	for _, c := range cases {
		g := reg.Resolve(c.Text, c.at, strings.TrimSpace(c.Context+" "+c.Land))
		x := c.Expect
		country := (x.Country == nil || *x.Country == g.Country) && (x.CountryNot == nil || *x.CountryNot != g.Country)
		role := (x.Role == nil || *x.Role == g.Role) && (x.RoleAny == nil || slices.Contains(x.RoleAny, g.Role))
		nobody := !x.NoMatch || g.Country == "" && g.Role == ""
		asksCountry, asksRole := x.Country != nil || x.CountryNot != nil, x.Role != nil || x.RoleAny != nil
		if asksCountry {
			count(&out.Country, country)
		}
		if asksRole {
			count(&out.Role, role)
		}
		if asksCountry && asksRole {
			count(&out.Both, country && role)
		}
		if x.NoMatch {
			count(&out.Nobody, nobody)
		}
		if !country || !role || !nobody {
			out.Wrong = append(out.Wrong, fmt.Sprintf("%s (%s): want %s, got %s/%s %q", c.Text, c.at.Format(time.DateOnly), x, g.Country, g.Role, g.Name))
		}
	}
	return out
}

// String is the country and role that a case asks for, ? where it asks for none.
func (x ResolveExpect) String() string {
	if x.NoMatch {
		return "nobody"
	}
	country, role := "?", "?"
	if x.Country != nil {
		country = *x.Country
	}
	if x.Role != nil {
		role = *x.Role
	}
	if x.RoleAny != nil {
		role = strings.Join(x.RoleAny, "|")
	}
	return country + "/" + role
}

// Print writes the shares, and the cases that are wrong where failed is set.
func (r ResolveResult) Print(w io.Writer, failed bool) error {
	for _, t := range []struct {
		name string
		Tally
	}{{"country", r.Country}, {"role", r.Role}, {"both", r.Both}, {"nobody", r.Nobody}} {
		if _, err := fmt.Fprintf(w, "%-8s %5.1f  %d of %d\n", t.name, 100*float64(t.Held)/float64(max(t.Of, 1)), t.Held, t.Of); err != nil {
			return err
		}
	}
	if !failed {
		return nil
	}
	for _, s := range r.Wrong {
		if _, err := fmt.Fprintln(w, "  "+s); err != nil {
			return err
		}
	}
	return nil
}
