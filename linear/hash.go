package linear

// Hash makes the feature "the values a and b in template t". Both halves of
// the result are well mixed (the finaliser of MurmurHash3, public domain).
func Hash(t int, a, b uint64) uint64 {
	x := a*0x9e3779b97f4a7c15 + (b<<31|b>>33)*0xc2b2ae3d27d4eb4f + uint64(t+1)*0x165667b19e3779f9
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}
