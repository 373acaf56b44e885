package main

import (
	"log/slog"
	"sync"
	"time"

	"readout/ingest/watch"
	"readout/web"
)

// feedsOf tells how the feeds are that 'readout watch' asks, from the folder where
// it keeps that. Pages ask for it all the time: it is looked at every few seconds.
func feedsOf(dir string, log *slog.Logger) func() []web.Feed {
	const every = 5 * time.Second
	var mu sync.Mutex
	var looked time.Time
	var have []web.Feed
	return func() []web.Feed {
		mu.Lock()
		defer mu.Unlock()
		if time.Since(looked) < every {
			return have
		}
		looked = time.Now()
		states, err := watch.States(dir)
		if err != nil {
			log.Warn("how the feeds are cannot be read", "error", err)
			return have
		}
		have = nil
		for _, s := range states {
			if s.Watched {
				have = append(have, web.Feed{Address: s.Feed, Title: s.Title, Asked: s.Asked, Since: s.Since, Reason: s.Reason})
			}
		}
		return have
	}
}
