package export

import (
	"strconv"
	"strings"

	"readout/codebook/cameo"
	"readout/record"
	"readout/sheet"
)

// ICEWS (https://doi.org/10.7910/DVN/28075): 20 columns with a header, both
// actors needed, what is mutual in two rows. The id of a row is made of what it
// is; sectors are CAMEO's roles in words, where ICEWS has a finer list of its own.
var icews = pairFormat{
	header: strings.Split("Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,Target Sectors,"+
		"Target Country,Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,Longitude", ","),
	rows: func(s *record.Scan, d *dyad, emit func([]string) error) error {
		entry, _ := cameo.Lookup(d.code)
		w := sheet.Rests(d.e)
		city, country := "", ""
		if d.e.Country != "" {
			country = s.SideName(d.e.Country)
		}
		if d.e.Place != country {
			city, _, _ = strings.Cut(d.e.Place, ", ")
		}
		return emit([]string{
			number(d), day(d.e),
			d.a.name, sectorWords(d.a), icewsCountry(s, d.a),
			entry.Label, string(d.code), strconv.FormatFloat(float64(entry.Goldstein), 'f', 1, 32),
			d.b.name, sectorWords(d.b), icewsCountry(s, d.b),
			numberOf(w.Article), "", w.Outlet, city, "", "", country, "", "",
		})
	},
}

func icewsCountry(s *record.Scan, p *party) string {
	if book().fips[p.country] == "" {
		return ""
	}
	return s.SideName(p.country)
}

// roles are the roles of CAMEO's actor codes.
func roles(p *party) []string {
	var out []string
	for i := 0; i+3 <= len(p.code); i += 3 {
		if c := p.code[i : i+3]; book().fips[c] == "" {
			out = append(out, c)
		}
	}
	return out
}

var roleWords = map[string]string{
	"GOV": "Government", "MIL": "Military", "LEG": "Legislative / Parliamentary", "JUD": "Judicial", "OPP": "Opposition", "COP": "Police", "SPY": "Intelligence",
	"REB": "Rebel", "SEP": "Separatist", "UAF": "Unidentified Armed Force", "PTY": "Parties", "BUS": "Business", "CVL": "Civilian", "MED": "Media", "JRN": "Media",
	"EDU": "Education", "ELI": "Elite", "LAB": "Labor", "REF": "Refugees", "CRM": "Criminal", "REL": "Religious", "SOC": "Social", "AGR": "Agricultural",
	"IGO": "International Government Organization", "NGO": "Nongovernmental Organization", "MNC": "Multinational Corporation", "IMG": "International Militant Group",
}

func sectorWords(p *party) string {
	var out []string
	for _, r := range roles(p) {
		if w := roleWords[r]; w != "" {
			out = append(out, w)
		}
	}
	return strings.Join(out, ",")
}

// petrarch is the file of PETRARCH2 (PETRwriter.py), as `readout code` writes it:
// day, source, target, code, issues, ids of articles, address, outlet, words.
var petrarch = pairFormat{alone: true, rows: func(_ *record.Scan, d *dyad, emit func([]string) error) error {
	target := "---"
	if d.b != nil {
		target = d.b.code
	}
	var issues, ids []string
	for _, t := range d.e.Topics {
		issues = append(issues, strings.NewReplacer(" ", "_", ",", "", ";", "").Replace(strings.ToUpper(t))+",1")
	}
	for _, m := range d.e.Mentions {
		ids = append(ids, m.Witness.Article)
	}
	w := sheet.Rests(d.e)
	return emit([]string{strings.ReplaceAll(day(d.e), "-", ""), d.a.code, target, string(d.code), strings.Join(issues, ";"), strings.Join(ids, ";"), w.URL, w.Outlet, d.text})
}}
