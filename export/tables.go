package export

import (
	"context"
	"iter"
	"strings"

	"readout/record"
	"readout/sheet"
)

// The tables. Ids join them: event, statement, article. Spans are of code points
// in the article's text, as in readings; words are cut at 400 characters, the
// span has the rest.

func events(s *record.Scan, ctx context.Context) iter.Seq2[*record.Event, error] {
	return s.Events(ctx)
}
func statements(s *record.Scan, ctx context.Context) iter.Seq2[record.ScannedStatement, error] {
	return s.Statements(ctx)
}

type perEvent[V any] struct {
	e *record.Event
	n int // from 1
	v V
}

type perStatement[V any] struct {
	st record.ScannedStatement
	v  V
}

func one[T any](_ *record.Scan, v T, emit func(T) error) error { return emit(v) }

// of gives a row for each of what an event has several of.
func of[V any](list func(*record.Event) []V) func(*record.Scan, *record.Event, func(perEvent[V]) error) error {
	return func(_ *record.Scan, e *record.Event, emit func(perEvent[V]) error) error {
		for i, v := range list(e) {
			if err := emit(perEvent[V]{e, i + 1, v}); err != nil {
				return err
			}
		}
		return nil
	}
}

func col[R any](name string, t Type, meaning, example string, value func(*R) any) column[R] {
	return column[R]{Column{name, t, meaning, example}, value}
}

const (
	exampleEvent     = "e8cd8whyjd8b61an"
	exampleStatement = "sbg62rw0cs4cenmv"
	exampleArticle   = "vpvybn7hy3r2emya"
	exampleWords     = "Mr. Akar and Mr. Shoigu spoke by telephone on Monday."
	exampleDecision  = "status: was occurred; corrected by ana, 3 Nov 2022"
)

// witnessed are the columns of the words that a row rests on.
func witnessed[R any](w func(*R) *record.Witness) []column[R] {
	get := func(f func(*record.Witness) any, none any) func(*R) any {
		return func(r *R) any {
			if w := w(r); w != nil {
				return f(w)
			}
			return none
		}
	}
	return []column[R]{
		col("article", Text, "the version of the article it stands in, key of articles", exampleArticle, get(func(w *record.Witness) any { return w.Article }, "")),
		col("outlet", Text, "who published it", "Capital Tribune", get(func(w *record.Witness) any { return w.Outlet }, "")),
		col("address", Text, "where", "https://capital-tribune.example/grain", get(func(w *record.Witness) any { return w.URL }, "")),
		col("words", Text, "the words, up to 400 characters", exampleWords, get(func(w *record.Witness) any { return w.Words }, "")),
		col("begin", Int, "first character of the words it rests on in the article's text, in code points", "458", get(func(w *record.Witness) any { return position(w, 0) }, nil)),
		col("end", Int, "the character after the last", "484", get(func(w *record.Witness) any { return position(w, 1) }, nil)),
	}
}

func position(w *record.Witness, i int) any {
	if w.Span[1] == 0 {
		return nil
	}
	return w.Span[i]
}

func present(e *record.Event) []record.Part {
	var out []record.Part
	for _, p := range e.Participants {
		if p.As != "absent" {
			out = append(out, p)
		}
	}
	return out
}

func listOf(e *record.Event, f func(record.Part) string) []string {
	out := []string{}
	for _, p := range present(e) {
		out = append(out, f(p))
	}
	return out
}

type (
	claimRow     = perEvent[record.Claim]
	partRow      = perEvent[record.Part]
	lineRow      = perEvent[record.PartyLine]
	mentionRow   = perEvent[record.Mention]
	conditionRow = perEvent[record.Waits]
	dateRow      = perEvent[record.Dated]
	witnessRow   = perStatement[record.Witness]
)

// key is the column that says which event a row is of.
func key[V any]() column[perEvent[V]] {
	return col("event", Text, "key of events", exampleEvent, func(r *perEvent[V]) any { return r.e.ID })
}

var tables = []Table{
	table("events", "one row an event", events, one[*record.Event], eventColumns()...),
	table("participants", "who takes which part in an event", events, of(func(e *record.Event) []record.Part { return e.Participants }),
		key[record.Part](),
		col("as", Text, "participant, host, visitor, mediator, initiator, target, organiser, invited, drafter, absent", "participant", func(r *partRow) any { return r.v.As }),
		col("name", Text, "usual name", "Hulusi Akar", func(r *partRow) any { return r.v.Name }),
		col("actor", Text, "who it is, the same in all tables; empty when only described", "hulusi-akar", func(r *partRow) any { return r.v.Key }),
		col("country", Text, "country it acts for, ISO 3166-1 alpha-3, or UNO EUR IGO …", "TUR", func(r *partRow) any { return r.v.Country }),
		col("code", Text, "CAMEO actor code", "TURGOV", func(r *partRow) any { return r.v.Code }),
		col("side", Text, "whom it acts for: a country, a body, an armed group", "TUR", func(r *partRow) any { return r.v.Side }),
		col("kind", Text, "person, organization, country, group, place", "person", func(r *partRow) any { return r.v.Kind }),
		col("stories", Int, "how many stories say so", "2", func(r *partRow) any { return r.v.Origins }),
	),
	table("lines", "the line of each party to an event: what it says of it", events, of(func(e *record.Event) []record.PartyLine { return e.Lines }), append([]column[lineRow]{
		key[record.PartyLine](),
		col("side", Text, "the party", "TUR", func(r *lineRow) any { return r.v.Side }),
		col("name", Text, "its name", "Turkey", func(r *lineRow) any { return r.v.Name }),
		col("line", Text, "announced, confirmed, hedged, denied, silent (an article says so), not heard (no statement was found)", "confirmed", func(r *lineRow) any { return r.v.Line }),
		col("by", Text, "who speaks", "Hulusi Akar", func(r *lineRow) any { return r.v.By }),
		col("day", Date, "when", "2022-10-31", func(r *lineRow) any { return r.v.Day }),
	}, witnessed(func(r *lineRow) *record.Witness { return r.v.Witness })...)...),
	table("claims", "what somebody, or an article itself, asserts of an event", events, of(func(e *record.Event) []record.Claim { return e.Claims }), append([]column[claimRow]{
		key[record.Claim](),
		col("n", Int, "its number among the event's, by day", "1", func(r *claimRow) any { return r.n }),
		col("by", Text, "who; empty for the article in its own voice", "United Nations", func(r *claimRow) any { return r.v.By }),
		col("side", Text, "whom the speaker acts for", "UNO", func(r *claimRow) any { return r.v.Side }),
		col("party", Int, "1 when the speaker's side takes part, else 0", "1", func(r *claimRow) any { return flag(r.v.Party) }),
		col("line", Text, "announced, confirmed, hedged, denied, silent", "confirmed", func(r *claimRow) any { return r.v.Line }),
		col("status", Text, "what is said of the event: planned, occurred, denied …", "occurred", func(r *claimRow) any { return r.v.Status }),
		col("credibility", Text, "of the statement, or of the article's own account: 1 to 6 of the Admiralty code, as people set it", "2", func(r *claimRow) any { return r.v.Credibility }),
		col("day", Date, "when it was said, else published", "2022-11-15", func(r *claimRow) any { return r.v.Day }),
		col("statement", Text, "key of statements; empty for the article's own voice", exampleStatement, func(r *claimRow) any { return r.v.Said }),
	}, witnessed(func(r *claimRow) *record.Witness { return &r.v.Witness })...)...),
	table("mentions", "one article's account of an event", events, of(func(e *record.Event) []record.Mention { return e.Mentions }), append([]column[mentionRow]{
		key[record.Mention](),
		col("mention", Text, "id of this account", exampleEvent, func(r *mentionRow) any { return r.v.ID }),
		col("status", Text, "what the event is by this article", "planned", func(r *mentionRow) any { return r.v.Status }),
		col("why", Text, "why it was joined to those before it", "same pair, same day", func(r *mentionRow) any { return r.v.Why }),
		col("origin", Text, "the article that comes first of its story: copies count once", exampleArticle, func(r *mentionRow) any { return r.v.Origin }),
	}, witnessed(func(r *mentionRow) *record.Witness { return &r.v.Witness })...)...),
	table("conditions", "what an event waits for", events, of(func(e *record.Event) []record.Waits { return e.Conditions }), append([]column[conditionRow]{
		key[record.Waits](),
		col("as", Text, "if, once, unless, until, by", "if", func(r *conditionRow) any { return r.v.As }),
		col("waits_for", Text, "key of events, where it is one", exampleEvent, func(r *conditionRow) any { return r.v.Event }),
	}, witnessed(func(r *conditionRow) *record.Witness { return &r.v.Witness })...)...),
	table("dates", "the days that an event was given, in the order they became known", events, of(func(e *record.Event) []record.Dated { return e.Dates }), append([]column[dateRow]{
		key[record.Dated](),
		col("from", Date, "first day", "2022-10-31", func(r *dateRow) any { return r.v.From }),
		col("to", Date, "last day", "2022-10-31", func(r *dateRow) any { return r.v.To }),
		col("stories", Int, "how many stories say so", "2", func(r *dateRow) any { return r.v.Origins }),
		col("known", Date, "day of the first article that gives it", "2022-11-01", func(r *dateRow) any { return r.v.Known }),
	}, witnessed(func(r *dateRow) *record.Witness { return &r.v.Witness })...)...),
	table("statements", "one row a statement, whoever reports it", statements, one[record.ScannedStatement], statementColumns()...),
	table("witnesses", "the articles that report a statement", statements, func(_ *record.Scan, st record.ScannedStatement, emit func(witnessRow) error) error {
		for _, w := range st.Witnesses {
			if err := emit(witnessRow{st, w}); err != nil {
				return err
			}
		}
		return nil
	}, append([]column[witnessRow]{
		col("statement", Text, "key of statements", exampleStatement, func(r *witnessRow) any { return r.st.ID }),
	}, witnessed(func(r *witnessRow) *record.Witness { return &r.v })...)...),
	table("positions", "where somebody stood on an issue, by one article", func(s *record.Scan, ctx context.Context) iter.Seq2[record.ScannedPosition, error] {
		return s.Positions(ctx)
	},
		one[record.ScannedPosition], positionColumns()...),
	table("articles", "one row a version of an article, without its text", func(s *record.Scan, ctx context.Context) iter.Seq2[record.ScannedArticle, error] {
		return s.Articles(ctx)
	},
		one[record.ScannedArticle], articleColumns()...),
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

func eventColumns() []column[*record.Event] {
	type E = *record.Event
	text := func(name, meaning, example string, f func(E) string) column[E] {
		return col(name, Text, meaning, example, func(e *E) any { return f(*e) })
	}
	day := func(name, meaning, example string, f func(E) string) column[E] {
		c := text(name, meaning, example, f)
		c.Type = Date
		return c
	}
	list := func(name, meaning, example string, f func(E) []string) column[E] {
		return col(name, List, meaning, example, func(e *E) any { return f(*e) })
	}
	count := func(name, meaning, example string, f func(E) int) column[E] {
		return col(name, Int, meaning, example, func(e *E) any { return f(*e) })
	}
	return []column[E]{
		text("event", "id, the same for the same articles", exampleEvent, func(e E) string { return e.ID }),
		text("kind", "meeting, call, visit, negotiation … (docs/reading.md)", "call", func(e E) string { return e.Kind }),
		text("format", "in-person, phone, video, letter, indirect; empty when not told", "phone", func(e E) string { return e.Format }),
		text("level", "leaders, ministers, envoys, officials; empty when not told", "ministers", func(e E) string { return e.Level }),
		day("from", "first day; empty when not known", "2022-10-31", func(e E) string { return e.From }),
		day("to", "last day", "2022-10-31", func(e E) string { return e.To }),
		text("granularity", "how exactly the day is told: day, week, month …", "day", func(e E) string { return e.Granularity }),
		day("deadline", "by when it is to be done", "2022-11-19", func(e E) string { return lastDay(e.Deadline) }),
		text("status", "as of the moment of the export (docs/status.md)", "occurred", func(e E) string { return e.Status.Value }),
		text("credibility", "1 to 6 of the Admiralty code, as people set it; empty where nobody did", "2", func(e E) string { return e.Credibility }),
		text("rule", "why it has this status", "an article or a party says so", func(e E) string { return e.Status.Rule }),
		day("since", "day of the claim that the status rests on", "2022-11-01", func(e E) string { return e.Status.Since }),
		list("participants", "names of those who take part", "Hulusi Akar; Sergei Shoigu", func(e E) []string { return listOf(e, func(p record.Part) string { return p.Name }) }),
		list("codes", "their CAMEO codes in the same order, empty where there is none", "TURGOV; RUSGOV", func(e E) []string { return listOf(e, func(p record.Part) string { return p.Code }) }),
		text("place", "where it is held", "Ankara, Turkey", func(e E) string { return e.Place }),
		text("country", "of the place, ISO 3166-1 alpha-3", "TUR", func(e E) string { return e.Country }),
		list("topics", "issues it is about", "grain exports", func(e E) []string { return e.Topics }),
		text("cameo", "CAMEO event code, a text: its leading zero counts", "041", func(e E) string { return codeOf(e).cameo }),
		text("plover", "PLOVER event type", "CONSULT", func(e E) string { return codeOf(e).plover }),
		text("mode", "PLOVER mode", "phone", func(e E) string { return codeOf(e).mode }),
		count("articles", "how many articles tell of it", "5", func(e E) int { return e.Articles }),
		count("stories", "how many stories: copies of one count once", "2", func(e E) int { return e.Origins }),
		day("first", "day of the first article", "2022-11-01", func(e E) string { return e.First }),
		day("last", "day of the last article", "2022-11-03", func(e E) string { return e.Last }),
		text("words", "the words its status rests on", exampleWords, func(e E) string { return sheet.Rests(e).Words }),
		text("source", "who published them", "Capital Tribune", func(e E) string { return sheet.Rests(e).Outlet }),
		text("address", "where", "https://capital-tribune.example/grain", func(e E) string { return sheet.Rests(e).URL }),
		text("article", "the version of the article they stand in, key of articles", exampleArticle, func(e E) string { return sheet.Rests(e).Article }),
		list("decisions", "what people decided of it (docs/decide.md)", exampleDecision, func(e E) []string { return decisions(e.Decisions) }),
	}
}

// decisions are what people decided, in words.
func decisions(list []record.Decided) []string {
	var out []string
	for i := range list {
		out = append(out, sheet.Decision(&list[i]))
	}
	return out
}

func statementColumns() []column[record.ScannedStatement] {
	type S = record.ScannedStatement
	text := func(name, meaning, example string, f func(*S) string) column[S] {
		return col(name, Text, meaning, example, func(s *S) any { return f(s) })
	}
	list := func(name, meaning, example string, f func(*S) []string) column[S] {
		return col(name, List, meaning, example, func(s *S) any { return f(s) })
	}
	return append([]column[S]{
		text("statement", "id, the same for the same articles", exampleStatement, func(s *S) string { return s.ID }),
		text("by", "who says it", "António Guterres", func(s *S) string { return s.By }),
		text("actor", "who that is, as in participants", "antonio-guterres", func(s *S) string { return s.Key }),
		text("side", "whom the speaker acts for", "UNO", func(s *S) string { return s.Side }),
		text("role", "what the article calls the speaker", "secretary-general", func(s *S) string { return s.Role }),
		text("standing", "named, anonymous, collective, unattributed", "named", func(s *S) string { return s.Standing }),
		text("form", "direct, indirect, mixed, silence", "direct", func(s *S) string { return s.Form }),
		text("act", "say, announce, deny, warn … (docs/reading.md)", "say", func(s *S) string { return s.Act }),
		text("text", "what is said, up to 400 characters", "We spoke for two hours", func(s *S) string { return s.Text }),
		list("quotes", "the quoted words", "frank and open", func(s *S) []string { return s.Quotes }),
		list("to", "to whom", "Sergey Lavrov", func(s *S) []string { return s.To }),
		list("via", "who relays it, nearest the reporter first", "an aide", func(s *S) []string { return s.Via }),
		text("channel", "post, broadcast, press-conference, interview …", "interview", func(s *S) string { return s.Channel }),
		text("credibility", "1 to 6 of the Admiralty code, as people set it; empty where nobody did", "2", func(s *S) string { return s.Credibility }),
		text("record", "on, background, off, overheard, leaked", "on", func(s *S) string { return s.Record }),
		col("day", Date, "when it was said, else published", "2022-11-15", func(s *S) any { return s.Day }),
		list("topics", "issues it is about", "grain exports", func(s *S) []string { return s.Topics }),
		list("events", "events it speaks of, keys of events", exampleEvent, func(s *S) []string { return s.About }),
		col("relayed", Int, "1 when it stands within another's statement, else 0", "0", func(s *S) any { return flag(s.Relayed) }),
		col("articles", Int, "how many accounts of it there are", "3", func(s *S) any { return len(s.Witnesses) }),
		col("stories", Int, "how many stories report it: copies of one count once", "2", func(s *S) any { return s.Origins }),
		list("decisions", "what people decided of it (docs/decide.md)", exampleDecision, func(s *S) []string { return decisions(s.Decisions) }),
	}, witnessed(func(s *S) *record.Witness {
		if len(s.Witnesses) == 0 {
			return nil
		}
		return &s.Witnesses[0]
	})...)
}

func positionColumns() []column[record.ScannedPosition] {
	type P = record.ScannedPosition
	text := func(name, meaning, example string, f func(*P) string) column[P] {
		return col(name, Text, meaning, example, func(p *P) any { return f(p) })
	}
	return append([]column[P]{
		text("position", "id, the same for the same articles", "p4k9x2mwq0d1zsvt", func(p *P) string { return p.ID }),
		text("topic", "the issue", "grain exports", func(p *P) string { return p.Topic }),
		text("side", "whose position it is", "RUS", func(p *P) string { return p.Side }),
		text("by", "who takes it", "Sergey Lavrov", func(p *P) string { return p.Name }),
		text("actor", "who that is, as in participants", "sergey-lavrov", func(p *P) string { return p.Key }),
		text("stance", "supports, opposes, seeks, offers, drafts, discusses, undecided", "seeks", func(p *P) string { return p.Stance }),
		col("day", Date, "when it was said, else published", "2022-11-15", func(p *P) any { return p.Day }),
		text("statement", "the statement it was taken in, key of statements", exampleStatement, func(p *P) string { return p.Statement }),
	}, witnessed(func(p *P) *record.Witness { return &p.Witness })...)
}

func articleColumns() []column[record.ScannedArticle] {
	type A = record.ScannedArticle
	text := func(name, meaning, example string, f func(*A) string) column[A] {
		return col(name, Text, meaning, example, func(a *A) any { return f(a) })
	}
	return []column[A]{
		text("article", "id of this version, the same in every record", exampleArticle, func(a *A) string { return a.ID }),
		text("of", "id of the article: the same for all its versions", "a3k9x2mwq0d1zsvt", func(a *A) string { return a.Article }),
		text("key", "the id it was handed in with", "bsg-017", func(a *A) string { return a.Key }),
		text("outlet", "who published it", "Capital Tribune", func(a *A) string { return a.Outlet }),
		text("title", "its headline", "Grain deal extended", func(a *A) string { return a.Title }),
		text("byline", "who wrote it", "By Ana Lind", func(a *A) string { return a.Byline }),
		text("credit", "the agency it is from", "AP", func(a *A) string { return a.Credit }),
		text("address", "where it was published", "https://capital-tribune.example/grain", func(a *A) string { return a.URL }),
		col("published", Time, "when this version was published", "2022-11-17T09:30:00Z", func(a *A) any { return a.Published }),
		col("replaced", Time, "when another version took its place", "2022-11-17T15:00:00Z", func(a *A) any { return a.Replaced }),
		text("origin", "the article that comes first of its story: copies have the same", exampleArticle, func(a *A) string { return a.Origin }),
		text("tlp", "marking: clear, green, amber, amber+strict, red", "clear", func(a *A) string { return a.TLP.String() }),
	}
}

// lastDay is the last day of a day or of an interval of days.
func lastDay(s string) string {
	if from, to, ok := strings.Cut(s, "/"); ok && from != "" {
		return to
	}
	return s
}
