package record

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"readout/record/join"
)

// A view of a large record. What a view shows is some dozens of lines; what is
// in the record may be a million. So a view reads the newest values of its
// period, whole days of them, up to the numbers below, and tells in its head
// since when it has read all and how many older ones it has left. In a record
// that has no more than smallRecord it reads everything, and its head tells nothing
// of this. Who asks for more lines, by Query.Limit, has more read.
//
// What is in a process is gathered likewise, from what each of its members has;
// an export has all of it.
const (
	mostMentions  = 200  // accounts of events
	mostLately    = 120  // of these for the state of play, which shows a dozen of a kind
	mostSayings   = 200  // statements, of which all are shown
	mostSearched  = 1500 // statements, of which those are shown that have some words
	mostNamings   = 300  // articles that name somebody
	mostEach      = 2    // positions of one party on one topic, where mostPositions are passed
	mostPositions = 600
	mostTopics    = 12
)

// smallRecord is up to how many values of a kind are read whole.
const smallRecord = 1000

// maxDay is later than any day.
const maxDay = 1 << 24

// reach is how many values a view may read where it reads so many as a rule.
func (k *look) reach(most int) int { return max(most, 4*min(k.q.Limit, maxDay)) }

// recent gives the ids under some blocks in the period of the view: all, or
// where they are too many those of the last days that have most of them.
func (k *look) recent(ctx context.Context, blocks []string, back, most int) ([]string, error) {
	var ranges []join.Range
	for _, b := range blocks {
		ranges = append(ranges, k.days(b, back)...)
	}
	return k.newestOf(ctx, ranges, most)
}

// newestOf gives the ids in some ranges, of one that has too many the
// newest.
func (k *look) newestOf(ctx context.Context, ranges []join.Range, most int) ([]string, error) {
	return k.newestFrom(ctx, ranges, most, smallRecord)
}

// newestFrom is newestOf where so many are few.
func (k *look) newestFrom(ctx context.Context, ranges []join.Range, most, few int) ([]string, error) {
	if k.whole {
		return k.r.Lookup(ctx, ranges)
	}
	most = k.reach(most)
	ranges = slices.Clone(ranges)
	for i := range ranges {
		r := &ranges[i]
		n, err := k.r.Count(ctx, *r)
		if err != nil {
			return nil, err
		}
		if n <= max(2*most, few) {
			continue
		}
		day, err := k.r.Nth(ctx, *r, most)
		if err != nil {
			return nil, err
		}
		r.From = max(day, r.From)
		read, err := k.r.Count(ctx, *r)
		if err != nil {
			return nil, err
		}
		k.unread += n - read
		k.since = max(k.since, r.From)
	}
	return k.r.Lookup(ctx, ranges)
}

// told tells in the head of a view what it has not read.
func (k *look) told(h *Head) {
	h.Unread, h.ReadSince = k.unread, ""
	if k.unread > 0 {
		h.ReadSince = join.DayString(k.since)
	}
}

// articlesIn is the number of the articles' versions that were published in the
// period of the view and hold at its time.
func (k *look) articlesIn(ctx context.Context, back int) (int, error) {
	days := k.days(keyArticle, back)[0]
	n, err := k.r.Count(ctx, days)
	if err != nil {
		return 0, err
	}
	ended, err := k.r.Ended(ctx, join.DayTime(days.From), k.g.at)
	if err != nil {
		return 0, err
	}
	n -= ended
	// Of the last day some may be later than the view; those without a day count
	// from when they were learnt.
	last, err := k.r.Lookup(ctx, []join.Range{{Block: keyArticle, From: k.today, To: k.today}, {Block: keyArticle}})
	if err != nil {
		return 0, err
	}
	nodes, err := k.r.Nodes(ctx, last)
	if err != nil {
		return 0, err
	}
	for i := range nodes {
		later, undated := nodes[i].From.After(k.g.at), false
		if v, err := decodeNode(&nodes[i]); err != nil {
			return 0, err
		} else {
			undated = v.article.Since == 0
		}
		switch {
		case undated && nodes[i].In(k.g.at) && !k.g.hidden[nodes[i].ID]:
			n++
		case !undated && later:
			n--
		}
	}
	var hidden []string
	for v := range k.g.hidden {
		hidden = append(hidden, v)
	}
	if nodes, err = k.r.Nodes(ctx, hidden); err != nil {
		return 0, err
	}
	for i := range nodes {
		if v, err := decodeNode(&nodes[i]); err != nil {
			return 0, err
		} else if v.article != nil && v.article.Since >= days.From && v.article.Since <= days.To && nodes[i].In(k.g.at) {
			n--
		}
	}
	return n, nil
}

// stateEvents are the events of the state of play. Where there are more accounts
// in the period than are read, what is to come is looked for by its own days,
// and what is open among the accounts that tell of such.
func (k *look) stateEvents(ctx context.Context, back int) ([]*Event, error) {
	if k.set != nil {
		return k.periodEvents(ctx, back)
	}
	ids, err := k.recent(ctx, []string{keyEvent}, back, mostLately)
	if err != nil {
		return nil, err
	}
	if k.unread > 0 {
		coming := join.Range{Block: keyEventDay, From: k.today, To: maxDay}
		if day, err := k.r.Nth(ctx, coming, -mostMentions/4); err != nil {
			return nil, err
		} else if day > 0 {
			coming.To = day
		}
		open := []join.Range{k.days(keyEventOff, back)[0], {Block: keyEventPlan, From: max(1, k.today-back), To: k.today - 1}}
		for i := range open {
			if day, err := k.r.Nth(ctx, open[i], mostMentions/6); err != nil {
				return nil, err
			} else if day > 0 {
				open[i].From = max(day, open[i].From)
			}
		}
		more, err := k.r.Lookup(ctx, append(open, coming))
		if err != nil {
			return nil, err
		}
		ids = append(ids, more...)
	}
	list, err := k.eventsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(e *Event) bool { return !k.toldIn(e, back) }), nil
}

// lately are the events of the period, or where there are more accounts than are
// read, those that the newest of them tell of.
func (k *look) lately(ctx context.Context, back int) ([]*Event, error) {
	if k.set != nil {
		return k.periodEvents(ctx, back)
	}
	ids, err := k.recent(ctx, []string{keyEvent}, back, mostMentions)
	if err != nil {
		return nil, err
	}
	return k.eventsOf(ctx, ids)
}

// toldIn reports whether an article of the period tells of an event.
func (k *look) toldIn(e *Event, back int) bool {
	return slices.ContainsFunc(e.members, func(n *node) bool { return k.inPeriod(n.day(), back) })
}

// timelineEvents are the events of a timeline. Where there are more accounts in
// the period than are read, they are those whose day is among the last.
func (k *look) timelineEvents(ctx context.Context) ([]*Event, error) {
	if k.set != nil {
		return k.periodEvents(ctx, 0)
	}
	ids, err := k.recent(ctx, []string{keyEvent}, 0, mostMentions)
	if err != nil {
		return nil, err
	}
	if k.unread == 0 || !k.q.Since.IsZero() {
		return k.eventsOf(ctx, ids)
	}
	// Accounts of days that are told of since then, whenever they are written.
	dated := join.Range{Block: keyEventDay, From: k.since, To: maxDay}
	if day, err := k.r.Nth(ctx, dated, k.reach(mostMentions)); err != nil {
		return nil, err
	} else if day > 0 {
		k.since = max(k.since, day)
		dated.From = k.since
	}
	more, err := k.r.Lookup(ctx, []join.Range{dated})
	if err != nil {
		return nil, err
	}
	list, err := k.eventsOf(ctx, append(ids, more...))
	if err != nil {
		return nil, err
	}
	first := join.DayString(k.since)
	return slices.DeleteFunc(list, func(e *Event) bool { return e.Day() < first }), nil
}

// board gives the standings on all topics, those with the most parties first, and
// how many topics were left out: of many those are given on which most was said.
func (k *look) board(ctx context.Context, back int) ([]Standing, int, error) {
	if k.set != nil {
		out, err := k.processBoard(ctx, back)
		return out, 0, err
	}
	topics, long, err := k.topics(ctx, back)
	if err != nil {
		return nil, 0, err
	}
	left := 0
	if n := max(mostTopics, k.q.Limit); long && len(topics) > n {
		slices.SortFunc(topics, func(a, b Count) int { return cmp.Or(b.N-a.N, strings.Compare(a.Name, b.Name)) })
		left = len(topics) - n
		topics = topics[:n]
	}
	out, err := k.standings(ctx, topics, back, long)
	return out, left, err
}

// spoken are the blocks of keyStand of the parties that took a position in the
// period of the view, all of theirs on the topic, by topic.
func (k *look) spoken(ctx context.Context) (map[string][]Count, error) {
	if k.set != nil {
		return nil, nil
	}
	topics, _, err := k.topics(ctx, 0)
	if err != nil {
		return nil, err
	}
	out := map[string][]Count{}
	for _, t := range topics {
		blocks, err := k.r.Blocks(ctx, keyStand+t.Name+"|")
		if err != nil {
			return nil, err
		}
		party := func(b *Count) string { return b.Name[:strings.LastIndexByte(b.Name, '|')] }
		spoke := map[string]bool{}
		for i := range blocks {
			for _, r := range k.days(blocks[i].Name, 0) {
				n, err := k.r.Count(ctx, r)
				if err != nil {
					return nil, err
				}
				if n > 0 {
					spoke[party(&blocks[i])] = true
				}
			}
		}
		out[t.Name] = slices.DeleteFunc(blocks, func(b Count) bool { return !spoke[party(&b)] })
	}
	return out, nil
}

// boardOn gives the standings of some parties, blocks of keyStand by topic.
func (k *look) boardOn(ctx context.Context, parties map[string][]Count) ([]Standing, error) {
	if k.set != nil {
		return k.processBoard(ctx, 0)
	}
	_, long, err := k.topics(ctx, 0)
	if err != nil {
		return nil, err
	}
	out := []Standing{}
	for topic, blocks := range parties {
		var ranges []join.Range
		unread := 0
		if long {
			if ranges, unread, err = k.lastWords(ctx, blocks, 0); err != nil {
				return nil, err
			}
		} else {
			for _, b := range blocks {
				ranges = append(ranges, k.days(b.Name, 0)...)
			}
		}
		ids, err := k.r.Lookup(ctx, ranges)
		if err != nil {
			return nil, err
		}
		if out, err = k.stand(ctx, out, topic, ids, unread, 0); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, func(a, b Standing) int { return cmp.Or(len(b.Cells)-len(a.Cells), strings.Compare(a.Topic, b.Topic)) })
	return out, nil
}

func (k *look) standings(ctx context.Context, topics []Count, back int, long bool) ([]Standing, error) {
	out := []Standing{}
	for _, t := range topics {
		ranges, unread := k.days(keyTopic+t.Name, back), 0
		if long {
			parties, err := k.r.Blocks(ctx, keyStand+t.Name+"|")
			if err != nil {
				return nil, err
			}
			if ranges, unread, err = k.lastWords(ctx, parties, back); err != nil {
				return nil, err
			}
		}
		ids, err := k.r.Lookup(ctx, ranges)
		if err != nil {
			return nil, err
		}
		if out, err = k.stand(ctx, out, t.Name, ids, unread, back); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, func(a, b Standing) int { return cmp.Or(len(b.Cells)-len(a.Cells), strings.Compare(a.Topic, b.Topic)) })
	return out, nil
}

// topics are the topics on which somebody took a position in the period, with how
// many did, and whether these are more than are read.
func (k *look) topics(ctx context.Context, back int) (out []Count, long bool, err error) {
	blocks, err := k.r.Blocks(ctx, keyTopic)
	if err != nil {
		return nil, false, err
	}
	total := 0
	for _, b := range blocks {
		n := 0
		for _, r := range k.days(b.Name, back) {
			c, err := k.r.Count(ctx, r)
			if err != nil {
				return nil, false, err
			}
			n += c
		}
		if n > 0 {
			out = append(out, Count{strings.TrimPrefix(b.Name, keyTopic), n})
			total += n
		}
	}
	return out, total > k.reach(mostPositions), nil
}

// stand adds the standing on a topic by some positions, where any of them hold.
func (k *look) stand(ctx context.Context, out []Standing, topic string, ids []string, unread, back int) ([]Standing, error) {
	if err := k.g.load(ctx, ids); err != nil {
		return nil, err
	}
	var list []*node
	var versions []string
	for _, id := range ids {
		if n := k.g.nodes[id]; n != nil {
			list = append(list, n)
			versions = append(versions, n.Of)
		}
	}
	if err := k.g.load(ctx, versions); err != nil {
		return nil, err
	}
	list, err := k.keepPositions(ctx, list, back)
	if err != nil || len(list) == 0 {
		return out, err
	}
	s := k.standing(topic, list)
	s.Unread = unread
	return append(out, s), nil
}

// lastWords are the ranges of the last positions under each of some blocks of
// keyStand, and how many older ones there are.
func (k *look) lastWords(ctx context.Context, blocks []Count, back int) (out []join.Range, unread int, err error) {
	for _, b := range blocks {
		for _, r := range k.days(b.Name, back) {
			if b.N > mostEach && r.To > 0 {
				n, err := k.r.Count(ctx, r)
				if err != nil {
					return nil, 0, err
				}
				if n > mostEach {
					if r.From, err = k.r.Nth(ctx, r, mostEach); err != nil {
						return nil, 0, err
					}
					unread += n - mostEach
				}
			}
			out = append(out, r)
		}
	}
	return out, unread, nil
}

// standsOf gives the standings of one party, or of somebody who speaks for it, on
// all topics.
func (k *look) standsOf(ctx context.Context, w *Who) ([]Standing, error) {
	if k.set != nil {
		return k.processBoard(ctx, 0)
	}
	topics, long, err := k.topics(ctx, 0)
	if err != nil {
		return nil, err
	}
	parties := map[[2]string]bool{} // with the topic
	if w.Side != "" {
		for _, t := range topics {
			parties[[2]string{t.Name, w.Side}] = true
		}
	} else {
		var blocks []string
		for _, key := range append([]string{w.Key}, w.Also...) {
			blocks = append(blocks, keyPosition+key)
		}
		ids, err := k.recent(ctx, blocks, 0, mostPositions/3)
		if err != nil {
			return nil, err
		}
		if err := k.g.load(ctx, ids); err != nil {
			return nil, err
		}
		for _, id := range ids {
			if n := k.g.nodes[id]; n != nil {
				parties[[2]string{n.position.Topic, party(n)}] = true
			}
		}
	}
	out := []Standing{}
	for _, t := range topics {
		var blocks []Count
		for p := range parties {
			if p[0] == t.Name {
				for _, firm := range []string{standFirm, standLoose} {
					blocks = append(blocks, Count{keyStand + t.Name + "|" + p[1] + firm, t.N})
				}
			}
		}
		if len(blocks) == 0 {
			continue
		}
		var ranges []join.Range
		unread := 0
		if long {
			if ranges, unread, err = k.lastWords(ctx, blocks, 0); err != nil {
				return nil, err
			}
		} else {
			for _, b := range blocks {
				ranges = append(ranges, k.days(b.Name, 0)...)
			}
		}
		ids, err := k.r.Lookup(ctx, ranges)
		if err != nil {
			return nil, err
		}
		if out, err = k.stand(ctx, out, t.Name, ids, unread, 0); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, func(a, b Standing) int { return cmp.Or(len(b.Cells)-len(a.Cells), strings.Compare(a.Topic, b.Topic)) })
	return out, nil
}

// lastDay is the day of the last article or version.
func lastDay(ctx context.Context, r Reader) (int, error) {
	return r.Nth(ctx, join.Range{Block: keyArticle, From: 1, To: maxDay}, 1)
}
