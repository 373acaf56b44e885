package export

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"readout/codebook/cameo"
	"readout/record"
	"readout/sheet"
)

// GDELT's event tables: text with tabs, no header. 2.0 has 61 columns, 1.0 has 58:
// no ADM2 codes, and the day alone of when a row was added
// (http://data.gdeltproject.org/documentation/GDELT-Event_Codebook-V2.0.pdf).
//
// AvgTone, IsRootEvent, where the actors are, coordinates, regions and feature
// ids are empty: the record does not know them. DATEADDED is the time of the
// first article. Names are in capitals, as there.

var gdelt2 = pairFormat{alone: true, rows: func(s *record.Scan, d *dyad, emit func([]string) error) error {
	return emit(gdeltRow(s, d, 2))
}}

var gdelt1 = pairFormat{alone: true, rows: func(s *record.Scan, d *dyad, emit func([]string) error) error {
	return emit(gdeltRow(s, d, 1))
}}

// gdeltColumns are the columns of a version's events.
func gdeltColumns(version int) []string {
	actor := strings.Fields("Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code")
	geo := strings.Fields("Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID")
	out := strings.Fields("GLOBALEVENTID SQLDATE MonthYear Year FractionDate")
	for _, who := range []string{"Actor1", "Actor2"} {
		for _, c := range actor {
			out = append(out, who+c)
		}
	}
	out = append(out, strings.Fields("IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone")...)
	for _, who := range []string{"Actor1Geo_", "Actor2Geo_", "ActionGeo_"} {
		for _, c := range geo {
			if version == 2 || c != "ADM2Code" {
				out = append(out, who+c)
			}
		}
	}
	return append(out, "DATEADDED", "SOURCEURL")
}

func gdeltRow(s *record.Scan, d *dyad, version int) []string {
	e := d.e
	row := make([]string, 0, 61)
	row = append(row, number(d))
	row = append(row, gdeltDates(day(e))...)
	row = append(row, gdeltActor(d.a)...)
	row = append(row, gdeltActor(d.b)...)
	entry, _ := cameo.Lookup(d.code)
	articles, outlets, told := map[string]bool{}, map[string]bool{}, 0
	for _, m := range e.Mentions {
		articles[m.Witness.Article], outlets[m.Witness.Outlet] = true, true
		told += max(1, len(m.Spans))
	}
	row = append(row, "", string(d.code), string(d.code[:min(3, len(d.code))]), string(d.code.Root()), strconv.Itoa(int(d.code.Quad())),
		strconv.FormatFloat(float64(entry.Goldstein), 'f', 1, 32), strconv.Itoa(told), strconv.Itoa(len(outlets)), strconv.Itoa(len(articles)), "")
	width := 8
	if version == 1 {
		width = 7
	}
	nowhere := append([]string{"0"}, make([]string, width-1)...)
	row = append(row, nowhere...)
	row = append(row, nowhere...)
	row = append(row, gdeltPlace(s, e, width)...)
	added := added(e)
	if version == 1 && len(added) > 8 {
		added = added[:8]
	}
	w := sheet.Rests(e)
	return append(row, added, w.URL)
}

// number is the id of a pair: of what it is alone, small enough for a number of
// 64 bits with a fraction to hold it exactly (53 bits), as in R and JavaScript.
func number(d *dyad) string {
	b := ""
	if d.b != nil {
		b = d.b.code
	}
	return numberOf(d.e.ID, string(d.code), d.a.code, b)
}

func numberOf(parts ...string) string {
	h := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return strconv.FormatUint(binary.BigEndian.Uint64(h[:8])>>11, 10)
}

// gdeltDates are the five forms of a day but the first, the id; empty without
// one. The fraction of the year is (30 months + days) / 365, as there.
func gdeltDates(day string) []string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return make([]string, 4)
	}
	return []string{t.Format("20060102"), t.Format("200601"), t.Format("2006"),
		strconv.FormatFloat(float64(t.Year())+float64(int(t.Month())*30+t.Day())/365, 'f', 4, 64)}
}

// gdeltActor takes the code of an actor apart, three letters at a time.
func gdeltActor(p *party) []string {
	row := make([]string, 10)
	if p == nil {
		return row
	}
	row[0], row[1] = p.code, strings.ToUpper(p.name)
	types := row[7:7]
	for i := 0; i+3 <= len(p.code); i += 3 {
		c := p.code[i : i+3]
		switch {
		case i == 0 && book().fips[c] != "":
			row[2] = c
		case slices.Contains(cameoTypes, c):
			if len(types) < 3 {
				types = append(types, c) // stands in row
			}
		case row[3] == "":
			row[3] = c
		}
	}
	return row
}

// cameoTypes are the roles of actors in CAMEO; what else stands in a code is a
// known group.
var cameoTypes = strings.Fields("COP GOV INS JUD MIL OPP REB SEP SPY UAF AGR BUS CRM CVL DEV EDU ELI ENV HLH HRI LAB LEG MED REF MOD RAD IGO IMG INT MNC NGM NGO UIS SET PTY JRN PRM REL SOC ISM")

// gdeltPlace is where it happened: a country (1), a city of the United States (3)
// or of the world (4).
func gdeltPlace(s *record.Scan, e *record.Event, width int) []string {
	row := make([]string, width)
	row[0] = "0"
	if e.Place == "" && e.Country == "" {
		return row
	}
	fips := book().fips[e.Country]
	row[1], row[2] = e.Place, fips
	switch {
	case e.Place == "" || e.Place == s.SideName(e.Country):
		row[0], row[1], row[3] = "1", s.SideName(e.Country), fips
	case e.Country == "USA":
		row[0] = "3"
	case e.Country != "":
		row[0] = "4"
	}
	return row
}

// added is the time of the first article, YYYYMMDDHHMMSS; "" when no article has
// a day.
func added(e *record.Event) string {
	first := ""
	for _, m := range e.Mentions {
		if t := compact(m.Witness.Published); t != "" && (first == "" || t < first) {
			first = t
		}
	}
	return first
}

// compact is a day or an instant as YYYYMMDDHHMMSS in UTC.
func compact(s string) string {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		if t, err = time.Parse(time.DateOnly, s); err != nil {
			return ""
		}
	}
	return t.UTC().Format("20060102150405")
}

// gdeltMentions has a row for each pair and article that tells of it. Offsets are
// of characters in the article's text; those of the actors, the sentence, the
// length and the tone of the text are empty.
var gdeltMentions = pairFormat{alone: true, rows: func(_ *record.Scan, d *dyad, emit func([]string) error) error {
	id, at := number(d), added(d.e)
	for _, m := range d.e.Mentions {
		kind, name, where := "2", m.Witness.Outlet, strings.TrimSpace(m.Witness.Outlet+" "+m.Witness.Published+" "+m.Witness.Title)
		if m.Witness.URL != "" {
			kind, where = "1", m.Witness.URL
			if u, err := url.Parse(m.Witness.URL); err == nil && u.Host != "" {
				name = strings.TrimPrefix(u.Hostname(), "www.")
			}
		}
		err := emit([]string{id, at, compact(m.Witness.Published), kind, name, where, "", "", "", fmt.Sprint(m.Witness.Span[0]), "1", "", "", "", "", ""})
		if err != nil {
			return err
		}
	}
	return nil
}}

// gdeltMentionColumns are the columns of the mentions.
var gdeltMentionColumns = strings.Fields("GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID " +
	"Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo Extras")
