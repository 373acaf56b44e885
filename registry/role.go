package registry

import "strings"

// RoleNoun is a noun for somebody by what they do: "foreign minister", "rebels",
// "delegation".
type RoleNoun struct {
	Noun   string     // lemma, as in the table
	Role   string     // main CAMEO role code; "" for nouns that tell of none ("leader")
	Role2  string     // second code, often ""
	Level  Level      // unset where the noun tells of none
	Office OfficeKind // the office it is a holder of, or unset
	Who    Who
	// Country is the one whose office alone is called so ("taoiseach"), or "".
	Country string
}

// Who says what a role noun stands for in the singular.
type Who uint8

// What role nouns stand for.
const (
	_     Who = iota
	One       // one person: "minister"
	Group     // several persons or a body: "government", "delegation", "troops"
)

var whoNames = []string{"", "one", "group"}

// String is the name of w, "" when unset.
func (w Who) String() string { return nameOf(whoNames, w) }

// Honorific is a word before a name: "Mr.", "Gen.", "Ayatollah".
type Honorific struct {
	Title  string
	Gender Gender
	Role   string // CAMEO role code of its bearer, or ""
	Level  Level
}

func (b *builder) addRole(w row) error {
	n := RoleNoun{Noun: w.get("noun"), Role: w.get("role"), Role2: w.get("role2")}
	if n.Role == "-" {
		n.Role = ""
	}
	var ok bool
	if n.Who, ok = valueOf[Who](whoNames, w.get("who")); !ok {
		return w.errorf("who %q is not one or group", w.get("who"))
	}
	var err error
	if n.Level, err = level(w); err != nil {
		return err
	}
	if s := w.get("office"); s != "" {
		if n.Office, ok = ParseOfficeKind(s); !ok {
			return w.errorf("office %q is not known: see docs/registry.md", s)
		}
	}
	plural := w.get("plural")
	switch plural {
	case "":
		plural = plurals(n.Noun)
	case "-": // "armed forces"; its lemma may be "armed force"
		plural = strings.TrimSuffix(n.Noun, "s")
	}
	b.nouns = append(b.nouns, n)
	b.nounForms = append(b.nounForms, [2]string{n.Noun, plural})
	return nil
}

// plurals is the regular plural of a noun.
func plurals(s string) string {
	switch {
	case strings.HasSuffix(s, "man"):
		return s[:len(s)-3] + "men"
	case strings.HasSuffix(s, "y") && !strings.ContainsAny(s[max(0, len(s)-2):len(s)-1], "aeiou"):
		return s[:len(s)-1] + "ies"
	case strings.HasSuffix(s, "s"), strings.HasSuffix(s, "x"), strings.HasSuffix(s, "ch"), strings.HasSuffix(s, "sh"):
		return s + "es"
	}
	return s + "s"
}

// RoleNoun gives the longest role noun that ends lemmas, and how many of them it
// takes: the head noun of "the deputy foreign minister" is "deputy foreign
// minister". Plurals are found too, so forms will do where there are no lemmas.
// Case does not count.
func (r *Registry) RoleNoun(lemmas []string) (RoleNoun, int, bool) {
	at := func(i int) string { return lemmas[i] }
	for i := max(0, len(lemmas)-maxRoleWords); i < len(lemmas); i++ {
		if f := r.roles.walk(at, len(lemmas), i); f.n > 0 && f.n == len(lemmas)-i {
			return r.nouns[f.terms[len(f.terms)-1].value], f.n, true
		}
	}
	return RoleNoun{}, 0, false
}

// maxRoleWords is more than the words of the longest role noun.
const maxRoleWords = 8

// RoleNounAt gives the longest role noun that begins with word i of n, and how
// many words it takes.
func (r *Registry) RoleNounAt(words func(i int) string, n, i int) (RoleNoun, int, bool) {
	f := r.roles.walk(words, n, i)
	if f.n == 0 {
		return RoleNoun{}, 0, false
	}
	return r.nouns[f.terms[len(f.terms)-1].value], f.n, true
}

// homes sets the country of the role nouns for leaders that all holders of one
// country alone have for a title. Lower offices are too many to be all in the
// tables: a spokesman is not of the one country whose spokesman is.
func (r *Registry) homes() {
	at := map[string]int{}
	for i, n := range r.nouns {
		if n.Who == One && n.Office != 0 && n.Level == Leaders && strings.IndexByte(n.Noun, ' ') < 0 {
			at[n.Noun] = i
		}
	}
	const several = "-"
	for i := range r.entries {
		for _, o := range r.entries[i].Offices {
			if strings.IndexByte(o.Title, ' ') >= 0 {
				continue
			}
			k, ok := at[strings.ToLower(o.Title)]
			if !ok {
				continue
			}
			switch n := &r.nouns[k]; {
			case n.Country == "":
				n.Country = o.Country
			case n.Country != o.Country:
				n.Country = several
			}
		}
	}
	for _, k := range at {
		if r.nouns[k].Country == several {
			r.nouns[k].Country = ""
		}
	}
}

func (b *builder) addHonorific(w row) error {
	h := Honorific{Title: w.get("honorific"), Role: w.get("role")}
	var err error
	if h.Level, err = level(w); err != nil {
		return err
	}
	if g := w.get("gender"); g != "" {
		var ok bool
		if h.Gender, ok = valueOf[Gender](genderNames, g); !ok {
			return w.errorf("gender %q is not f or m", g)
		}
	}
	b.honours = append(b.honours, h)
	return nil
}

// HonorificAt gives the honorific that begins with word i of n, and how many
// words it takes. Its first letter must be a capital.
func (r *Registry) HonorificAt(words func(i int) string, n, i int) (Honorific, int, bool) {
	f := r.titles.walk(words, n, i)
	if f.n == 0 {
		return Honorific{}, 0, false
	}
	return r.honours[f.terms[len(f.terms)-1].value], f.n, true
}
