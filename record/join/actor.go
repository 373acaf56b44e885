package join

import (
	"slices"
	"strings"

	"readout/reading"
	"readout/registry"
)

// Actor is one person, body, country or group, the same across articles.
type Actor struct {
	// Key is who it is: the registry's key, or the folded name. It is "" for one
	// that is only described ("two officials"): it is nobody else's equal.
	Key     string `json:"key,omitempty"`
	Name    string `json:"name"`
	Kind    string `json:"kind,omitempty"`
	Country string `json:"country,omitempty"`
	Code    string `json:"code,omitempty"`
	// Side is whom it acts for: a country, a body, an armed group; "" when that
	// is not known.
	Side string `json:"side,omitempty"`
	Role string `json:"role,omitempty"`
}

// Named reports whether a is somebody, and not only described.
func (a *Actor) Named() bool { return a.Key != "" }

// person reports whether a is a person with a name.
func (a *Actor) person() bool { return a.Key != "" && a.Kind == "person" }

// Identify gives the actor of a reading its identity.
//
// A name that the registry knows is its entry. Another one is its folded name
// in the one spelling that the tables give its pieces, so that "Kadhafi" and
// "Gaddafi" are one, a person's with single letters for doubled ones, so that
// "Rebecca" and "Rebeca" are; a name of one piece tells too little by itself and carries
// its country. What is only described has no identity.
func Identify(reg *registry.Registry, a *reading.Actor, published int) Actor {
	out := Actor{Name: a.Name, Kind: a.Kind, Country: a.Country, Code: a.Code}
	if len(a.Roles) > 0 {
		out.Role = a.Roles[0].Title
		if a.Roles[0].Former {
			out.Role = "former " + out.Role
		}
	}
	switch {
	case a.Anonymous || a.Kind == "group":
	case a.Entry != "":
		out.Key = a.Entry
	default:
		pieces := strings.Fields(registry.Fold(a.Name))
		for i, p := range pieces {
			if pieces[i] = reg.Spelling(p); a.Kind == "person" {
				pieces[i] = single(pieces[i])
			}
		}
		if len(pieces) == 0 {
			break
		}
		out.Key = a.Kind + ":" + strings.Join(pieces, "-")
		if len(pieces) == 1 && a.Country != "" {
			out.Key += "/" + a.Country
		}
	}
	// A person speaks for whom an office is held at the date, wherever born.
	country, code := a.Country, a.Code
	if e := reg.Entry(a.Entry); e != nil && e.Kind == registry.Person && published != 0 {
		if o := reg.OfficesAt(e, DayTime(published)); len(o) > 0 && o[0].Country != "" && o[0].Country != country {
			country, code = o[0].Country, o[0].Country+o[0].Role
			out.Country, out.Code = country, code
		}
	}
	out.Side = side(a.Kind, country, code, out.Key)
	return out
}

// single has one letter where a piece of a name has two in a row.
func single(s string) string {
	return string(slices.Compact([]rune(s)))
}

// sidesOf are the sides that the description of a group names: of "senior
// Russian and UN officials" Russia and the United Nations.
func sidesOf(reg *registry.Registry, name string) []string {
	var out []string
	words := registry.Words(name)
	word := func(i int) string { return words[i] }
	for i := 0; i < len(words); {
		n := 1
		for _, m := range reg.MatchAt(word, len(words), i) {
			e := reg.StandsFor(m.Entry)
			if e.Kind == registry.Person {
				continue
			}
			kind := "organization"
			if e.Kind == registry.Country {
				kind = "country"
			}
			if s := side(kind, e.Country, e.Code, e.Key); s != "" && !slices.Contains(out, s) {
				out = append(out, s)
			}
			n = m.N
			break
		}
		i += n
	}
	return out
}

// side is whom an actor acts for. State offices, soldiers and the people of a
// country act for it; an opposition or armed group is a side of its own, and so
// is a body above states.
func side(kind, country, code, key string) string {
	switch country {
	case "UNO", "EUR":
		return country
	case "", "IGO", "NGO", "ISM", "IMG", "MNC":
		if kind == "organization" {
			return key
		}
		return ""
	}
	switch role := strings.TrimPrefix(code, country); {
	case kind == "place":
		return ""
	case strings.HasSuffix(role, "JRN"), strings.HasPrefix(role, "CVL"), strings.HasPrefix(role, "BUS"), strings.HasPrefix(role, "MED"),
		strings.HasPrefix(role, "EDU"), strings.HasPrefix(role, "NGO"):
		return ""
	case strings.HasPrefix(role, "REB"), strings.HasPrefix(role, "OPP"), strings.HasPrefix(role, "SEP"), strings.HasPrefix(role, "INS"),
		strings.HasPrefix(role, "PTY"), strings.HasPrefix(role, "PRM"), strings.HasPrefix(role, "UAF"):
		return code[:len(country)+3]
	}
	return country
}

// SideName is a side in words: the country's name, or the name of the body.
func SideName(reg *registry.Registry, side string) string {
	switch side {
	case "UNO":
		return "United Nations"
	case "EUR":
		return "European Union"
	}
	if e := reg.Country(side); e != nil {
		return e.Name
	}
	if e := reg.Entry(side); e != nil {
		return e.Name
	}
	if len(side) == 6 {
		if e := reg.Country(side[:3]); e != nil {
			if w, ok := sideRoles[side[3:]]; ok {
				return w + " in " + e.Name
			}
		}
	}
	if _, name, ok := strings.Cut(side, ":"); ok {
		return name
	}
	return side
}

// sideRoles are the CAMEO roles of sides that are no state.
var sideRoles = map[string]string{
	"REB": "rebels", "OPP": "opposition", "SEP": "separatists", "INS": "insurgents", "PTY": "parties", "PRM": "paramilitaries", "UAF": "armed groups",
}
