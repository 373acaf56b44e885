package account

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits is how often something may be done, by whom.
type limits struct {
	every time.Duration
	burst int
	mu    sync.Mutex
	by    map[string]*rate.Limiter
	swept time.Time
}

func newLimits(burst int, every time.Duration) *limits {
	return &limits{every: every, burst: burst, by: map[string]*rate.Limiter{}}
}

// maxLimits is how many are told apart; those beyond share one limit.
const maxLimits = 10_000

// take reports how long who must wait, 0 for not at all.
func (l *limits) take(who string, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	lim := l.by[who]
	if lim == nil {
		if len(l.by) >= maxLimits && now.Sub(l.swept) >= l.every {
			l.swept = now
			for k, v := range l.by {
				if v.TokensAt(now) >= float64(l.burst) {
					delete(l.by, k)
				}
			}
		}
		if len(l.by) >= maxLimits {
			who = ""
			lim = l.by[who]
		}
		if lim == nil {
			lim = rate.NewLimiter(rate.Every(l.every), l.burst)
			l.by[who] = lim
		}
	}
	r := lim.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait > 0 {
		r.CancelAt(now)
	}
	return wait
}

// addressKey is whom an address stands for: with IPv6, a whole network.
func addressKey(a netip.Addr) string {
	a = a.Unmap()
	if a.Is6() {
		if p, err := a.WithZone("").Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}
