package registry

import "slices"

// OfficeKind is what an office is whatever a country calls it: the Secretary of
// State of the United States and the External Affairs Minister of India are
// both foreign ministers.
type OfficeKind uint8

// The kinds of offices.
const (
	_ OfficeKind = iota
	President
	PrimeMinister // head of government: premier, chancellor, taoiseach
	Monarch       // king, queen, emir, sultan, emperor
	SupremeLeader // Iran's; the leader of North Korea; juntas
	CrownPrince
	VicePresident
	DeputyPrimeMinister
	ForeignMinister
	DefenceMinister
	InteriorMinister
	FinanceMinister
	Minister // any other
	SecurityAdviser
	Spokesperson
	Envoy
	Ambassador
	Negotiator
	ArmyChief
	SpyChief
	Speaker // of a parliament
	SecretaryGeneral
	BodyHead // president, chair or director of an international body
	PartyLeader
	RebelLeader
	Pope
	Governor
	CentralBanker
	ChiefOfStaff
	Adviser
	DeputyMinister
	Commander
	Diplomat // high representative, chief diplomat
)

var officeKindNames = []string{
	"", "president", "prime-minister", "monarch", "supreme-leader", "crown-prince", "vice-president", "deputy-prime-minister",
	"foreign-minister", "defence-minister", "interior-minister", "finance-minister", "minister", "security-adviser",
	"spokesperson", "envoy", "ambassador", "negotiator", "army-chief", "spy-chief", "speaker", "secretary-general", "body-head",
	"party-leader", "rebel-leader", "pope", "governor", "central-banker", "chief-of-staff", "adviser", "deputy-minister",
	"commander", "diplomat",
}

// String is the name of k, "" when unset.
func (k OfficeKind) String() string { return nameOf(officeKindNames, k) }

// ParseOfficeKind gives the kind with a name.
func ParseOfficeKind(s string) (OfficeKind, bool) { return valueOf[OfficeKind](officeKindNames, s) }

// officeRow says what kind of office a title is, for all countries or some.
type officeRow struct {
	title     string
	kind      OfficeKind
	countries []string
}

func (b *builder) addOffice(w row) error {
	k, ok := ParseOfficeKind(w.get("kind"))
	if !ok {
		return w.errorf("kind %q of an office is not known: see docs/registry.md", w.get("kind"))
	}
	b.officeOf = append(b.officeOf, officeRow{w.get("office"), k, w.list("countries")})
	return nil
}

// OfficeKindOf tells what kind of office a title is for a country (alpha-3, or
// IGO UNO EUR; "" unknown): that of the first title of the tables that stands in
// it, the longest where several begin with one word. It is unset for a title that the tables do not know.
//
//	OfficeKindOf("Foreign Secretary", "GBR") == ForeignMinister
//	OfficeKindOf("deputy foreign minister", "RUS") == DeputyMinister
func (r *Registry) OfficeKindOf(title, country string) OfficeKind {
	return r.officeKind(Words(title), country)
}

func (r *Registry) officeKind(words []string, country string) OfficeKind {
	at := func(i int) string { return words[i] }
	for i := range words {
		if i+1 < len(words) && forNow(words[i]) {
			continue // an acting president is a president
		}
		f := r.offices.walk(at, len(words), i)
		if f.n == 0 {
			continue
		}
		if end := i + f.n; end < len(words) && (words[end] == "'s" || words[end] == "’s") {
			continue // the president's envoy is no president
		}
		best := OfficeKind(0)
		for _, t := range f.terms {
			o := r.officeRows[t.value]
			if slices.Contains(o.countries, country) {
				return o.kind
			}
			if len(o.countries) == 0 && best == 0 {
				best = o.kind
			}
		}
		if best != 0 {
			return best
		}
	}
	return 0
}

// forNow reports whether a word before a title says that it is held for a time.
func forNow(word string) bool {
	switch Fold(word) {
	case "acting", "interim", "caretaker", "transitional", "provisional":
		return true
	}
	return false
}
