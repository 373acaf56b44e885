package when

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"readout/doc"
)

//go:embed data/words.tsv
var data embed.FS

// class is what a word can be in an expression of time; a word may have several.
type class uint8

const (
	_            class = iota
	clWeekday          // value: time.Weekday
	clWeekdayAbb       // the same, with its stop: Mon.
	clWeekdays         // Mondays: it repeats
	clMonth            // value: time.Month
	clMonthShort       // without its stop: only beside a number
	clUnit             // value: unitMinute and so on
	clUnits            // in the plural
	clFortnight
	clWeekend
	clSeason  // value: its first month
	clDaypart // value: its hour
	clNumber
	clVague // between low and high; 0 unknown
	clOrdinal
	clZone    // value: minutes east of Greenwich
	clDeictic // value: days from the publication
	clOvernight
	clMod      // value: mod
	clPosition // value: position
	clMore     // earlier, later
	clShift    // ago
	clApprox
	clPreposition // value: doc.TimeRelation, or within
	clPlan        // verbs whose object is ahead: proposed a meeting on Monday
	clSchedule    // whose participle puts its time ahead: scheduled for Monday
	clExtend      // verbs whose "until" is ahead
	clSame        // verbs whose infinitive has their own tense
	clFutureMod   // adjectives of what is ahead
	clReport      // verbs whose present tense reports the past
	clPublication // what follows a weekday in a name: Sunday Times
	clNameBefore  // what precedes a weekday in a name: Good Friday
	clEither      // verbs whose past looks like their present
	clAppeal      // verbs whose object with "for" is ahead: called for talks
	clOpener      // other words that an expression can begin with
)

var classNames = map[string]class{
	"weekday": clWeekday, "weekday-short": clWeekdayAbb, "weekdays": clWeekdays, "month": clMonth, "month-short": clMonthShort,
	"unit": clUnit, "units": clUnits, "fortnight": clFortnight, "weekend": clWeekend, "season": clSeason, "daypart": clDaypart,
	"number": clNumber, "vague": clVague, "ordinal": clOrdinal, "zone": clZone, "deictic": clDeictic, "overnight": clOvernight,
	"mod": clMod, "position": clPosition, "more": clMore, "shift": clShift, "approx": clApprox, "preposition": clPreposition,
	"plan": clPlan, "schedule": clSchedule, "extend": clExtend, "same": clSame, "future-mod": clFutureMod, "report": clReport,
	"publication": clPublication, "opener": clOpener, "either": clEither, "appeal": clAppeal, "name-before": clNameBefore,
}

// within is the preposition whose interval begins now; the others have the
// values of doc.TimeRelation.
const within = 6

// mod is a word before a unit, a weekday, a month or a season.
type mod uint8

const (
	modNone mod = iota
	modLast
	modPast
	modPrevious // before the time the article spoke of last
	modNext
	modComing
	modFollowing // after the time the article spoke of last
	modThis
	modSame // the time the article spoke of last
	modRecent
)

// units are the granularities of the table's unit values, and their minutes.
var units = [...]struct {
	per     doc.Granularity
	minutes float64
}{1: {doc.PerMinute, 1}, 2: {doc.PerHour, 60}, 3: {doc.PerDay, 1440}, 4: {doc.PerWeek, 7 * 1440},
	5: {doc.PerMonth, 30 * 1440}, 6: {doc.PerYear, 365 * 1440}, 7: {doc.PerDecade, 3650 * 1440}}

type entry struct {
	class     class
	low, high int
}

// loadTable gives the words in lower case.
var loadTable = sync.OnceValue(func() map[string][]entry {
	out := map[string][]entry{}
	for _, r := range rows() {
		c := classNames[r[1]]
		low, err1 := strconv.Atoi(r[2])
		high, err2 := strconv.Atoi(r[3])
		if c == 0 || err1 != nil || err2 != nil {
			panic(fmt.Sprintf("when: words.tsv: row %q", r))
		}
		out[r[0]] = append(out[r[0]], entry{c, low, high})
	}
	return out
})

func rows() [][]string {
	b, err := data.ReadFile("data/words.tsv")
	if err != nil {
		panic(err)
	}
	var out [][]string
	for _, line := range strings.Split(strings.TrimRight(string(b), "\n"), "\n")[1:] {
		out = append(out, strings.Split(line, "\t"))
	}
	return out
}
