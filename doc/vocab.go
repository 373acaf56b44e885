package doc

// BlockKind says what a block of the text is.
type BlockKind uint8

// The values of BlockKind; see BlockKind.String for their names.
const (
	_ BlockKind = iota
	BlockHeading
	BlockParagraph
	BlockList
	BlockCaption
)

var blockKindNames = vocabulary(`heading paragraph list caption`)

// String is the name in the published reading, "" when unset.
func (v BlockKind) String() string { return enumName(blockKindNames, v) }

// ParseBlockKind gives the value of a name; false when there is no such name.
func ParseBlockKind(s string) (BlockKind, bool) { return enumParse[BlockKind](blockKindNames, s) }

// BlockKinds lists every value, in the order of the constants.
func BlockKinds() []BlockKind { return enumValues[BlockKind](blockKindNames) }

// NameKind is what a name names. A country is a Place here; what it is in the
// article is for the actor stage to say.
type NameKind uint8

// The values of NameKind; see NameKind.String for their names.
const (
	_ NameKind = iota
	NamePER
	NameORG
	NameLOC
	NameOTH // nationalities, events, works, products
)

var nameKindNames = vocabulary(`PER ORG LOC OTH`)

// String is the name in the published reading, "" when unset.
func (v NameKind) String() string { return enumName(nameKindNames, v) }

// ParseNameKind gives the value of a name; false when there is no such name.
func ParseNameKind(s string) (NameKind, bool) { return enumParse[NameKind](nameKindNames, s) }

// NameKinds lists every value, in the order of the constants.
func NameKinds() []NameKind { return enumValues[NameKind](nameKindNames) }

// Granularity is the unit to which a time is known.
type Granularity uint8

// The values of Granularity; see Granularity.String for their names.
const (
	_ Granularity = iota
	PerMinute
	PerHour
	PerDay
	PerWeek
	PerMonth
	PerSeason
	PerYear
	PerDecade
)

var granularityNames = vocabulary(`minute hour day week month season year decade`)

// String is the name in the published reading, "" when unset.
func (v Granularity) String() string { return enumName(granularityNames, v) }

// ParseGranularity gives the value of a name; false when there is no such name.
func ParseGranularity(s string) (Granularity, bool) {
	return enumParse[Granularity](granularityNames, s)
}

// Granularities lists every value, in the order of the constants.
func Granularities() []Granularity { return enumValues[Granularity](granularityNames) }

// ActorKind is what an actor is.
type ActorKind uint8

// The values of ActorKind; see ActorKind.String for their names.
const (
	_ ActorKind = iota
	KindPerson
	KindOrganization
	KindCountry
	KindGroup
	KindPlace
)

var actorKindNames = vocabulary(`person organization country group place`)

// String is the name in the published reading, "" when unset.
func (v ActorKind) String() string { return enumName(actorKindNames, v) }

// ParseActorKind gives the value of a name; false when there is no such name.
func ParseActorKind(s string) (ActorKind, bool) { return enumParse[ActorKind](actorKindNames, s) }

// ActorKinds lists every value, in the order of the constants.
func ActorKinds() []ActorKind { return enumValues[ActorKind](actorKindNames) }

// MentionForm is how an actor is mentioned.
type MentionForm uint8

// The values of MentionForm; see MentionForm.String for their names.
const (
	_ MentionForm = iota
	FormName
	FormTitle
	FormPronoun
	FormGroup
)

var mentionFormNames = vocabulary(`name title pronoun group`)

// String is the name in the published reading, "" when unset.
func (v MentionForm) String() string { return enumName(mentionFormNames, v) }

// ParseMentionForm gives the value of a name; false when there is no such name.
func ParseMentionForm(s string) (MentionForm, bool) {
	return enumParse[MentionForm](mentionFormNames, s)
}

// MentionForms lists every value, in the order of the constants.
func MentionForms() []MentionForm { return enumValues[MentionForm](mentionFormNames) }

// StatementForm is how a statement is reported.
type StatementForm uint8

// The values of StatementForm; see StatementForm.String for their names.
const (
	_ StatementForm = iota
	SaidDirect
	SaidIndirect
	SaidMixed
	SaidSilence
)

var statementFormNames = vocabulary(`direct indirect mixed silence`)

// String is the name in the published reading, "" when unset.
func (v StatementForm) String() string { return enumName(statementFormNames, v) }

// ParseStatementForm gives the value of a name; false when there is no such name.
func ParseStatementForm(s string) (StatementForm, bool) {
	return enumParse[StatementForm](statementFormNames, s)
}

// StatementForms lists every value, in the order of the constants.
func StatementForms() []StatementForm { return enumValues[StatementForm](statementFormNames) }

// Standing is what the article lets us know of a source.
type Standing uint8

// The values of Standing; see Standing.String for their names.
const (
	_ Standing = iota
	StandingNamed
	StandingAnonymous
	StandingCollective
	StandingUnattributed
)

var standingNames = vocabulary(`named anonymous collective unattributed`)

// String is the name in the published reading, "" when unset.
func (v Standing) String() string { return enumName(standingNames, v) }

// ParseStanding gives the value of a name; false when there is no such name.
func ParseStanding(s string) (Standing, bool) { return enumParse[Standing](standingNames, s) }

// Standings lists every value, in the order of the constants.
func Standings() []Standing { return enumValues[Standing](standingNames) }

// Act is what someone does by saying (or withholding) something.
type Act uint8

// The values of Act; see Act.String for their names.
const (
	_ Act = iota
	ActAnnounce
	ActSay
	ActDescribe
	ActPraise
	ActCriticise
	ActSupport
	ActOppose
	ActDemand
	ActRequest
	ActUrge
	ActPromise
	ActOffer
	ActAgree
	ActAccept
	ActReject
	ActConfirm
	ActDeny
	ActThreaten
	ActWarn
	ActThank
	ActBelieve
	ActHope
	ActIntend
	ActAsk
	ActReport
	ActDeclineToComment
	ActOther
)

var actNames = vocabulary(`announce say describe praise criticise support oppose demand request urge promise offer agree accept reject confirm deny threaten warn thank believe hope intend ask report decline-to-comment other`)

// String is the name in the published reading, "" when unset.
func (v Act) String() string { return enumName(actNames, v) }

// ParseAct gives the value of a name; false when there is no such name.
func ParseAct(s string) (Act, bool) { return enumParse[Act](actNames, s) }

// Acts lists every value, in the order of the constants.
func Acts() []Act { return enumValues[Act](actNames) }

// RecordKind is on what terms a statement was made.
type RecordKind uint8

// The values of RecordKind; see RecordKind.String for their names.
const (
	_ RecordKind = iota
	RecordOn
	RecordBackground
	RecordOff
	RecordOverheard
	RecordLeaked
)

var recordKindNames = vocabulary(`on background off overheard leaked`)

// String is the name in the published reading, "" when unset.
func (v RecordKind) String() string { return enumName(recordKindNames, v) }

// ParseRecordKind gives the value of a name; false when there is no such name.
func ParseRecordKind(s string) (RecordKind, bool) { return enumParse[RecordKind](recordKindNames, s) }

// RecordKinds lists every value, in the order of the constants.
func RecordKinds() []RecordKind { return enumValues[RecordKind](recordKindNames) }

// ChannelKind is by what means a statement reached its hearers.
type ChannelKind uint8

// The values of ChannelKind; see ChannelKind.String for their names.
const (
	_ ChannelKind = iota
	ChannelPost
	ChannelBroadcast
	ChannelPressConference
	ChannelInterview
	ChannelWritten
	ChannelCall
	ChannelMeeting
	ChannelOverheard
	ChannelLeak
	ChannelOther
)

var channelKindNames = vocabulary(`post broadcast press-conference interview written call meeting overheard leak other`)

// String is the name in the published reading, "" when unset.
func (v ChannelKind) String() string { return enumName(channelKindNames, v) }

// ParseChannelKind gives the value of a name; false when there is no such name.
func ParseChannelKind(s string) (ChannelKind, bool) {
	return enumParse[ChannelKind](channelKindNames, s)
}

// ChannelKinds lists every value, in the order of the constants.
func ChannelKinds() []ChannelKind { return enumValues[ChannelKind](channelKindNames) }

// EventKind is what kind of thing happened or is spoken of.
type EventKind uint8

// The values of EventKind; see EventKind.String for their names.
const (
	_ EventKind = iota
	EventMeeting
	EventCall
	EventVisit
	EventNegotiation
	EventMediation
	EventStatement
	EventProposal
	EventAgreement
	EventSigning
	EventDrafting
	EventExchange
	EventRelease
	EventCeasefire
	EventAid
	EventDeployment
	EventSanction
	EventThreat
	EventAttack
	EventProtest
	EventVote
	EventOther
)

var eventKindNames = vocabulary(`meeting call visit negotiation mediation statement proposal agreement signing drafting exchange release ceasefire aid deployment sanction threat attack protest vote other`)

// String is the name in the published reading, "" when unset.
func (v EventKind) String() string { return enumName(eventKindNames, v) }

// ParseEventKind gives the value of a name; false when there is no such name.
func ParseEventKind(s string) (EventKind, bool) { return enumParse[EventKind](eventKindNames, s) }

// EventKinds lists every value, in the order of the constants.
func EventKinds() []EventKind { return enumValues[EventKind](eventKindNames) }

// Step is what becomes of a deal once it is made, or of a cargo under it.
type Step uint8

// The values of Step; see Step.String for their names.
const (
	_ Step = iota
	StepExtension
	StepLeaving
	StepReturn
	StepSailing
)

var stepNames = vocabulary(`extension leaving return sailing`)

// String is the name in the published reading, "" when unset.
func (v Step) String() string { return enumName(stepNames, v) }

// ParseStep gives the value of a name; false when there is no such name.
func ParseStep(s string) (Step, bool) { return enumParse[Step](stepNames, s) }

// Steps lists every value, in the order of the constants.
func Steps() []Step { return enumValues[Step](stepNames) }

// Status is how real an event is, as one claim or the whole article has it.
type Status uint8

// The values of Status; see Status.String for their names.
const (
	_                 Status = iota
	StatusPossible           // spoken of, nobody's plan
	StatusProposed           // put forward, not accepted
	StatusPlanned            // announced by someone who can make it happen
	StatusConditional        // planned or proposed, and waits for a condition
	StatusOngoing
	StatusOccurred
	StatusPostponed
	StatusCancelled
	StatusDenied
)

var statusNames = vocabulary(`possible proposed planned conditional ongoing occurred postponed cancelled denied`)

// String is the name in the published reading, "" when unset.
func (v Status) String() string { return enumName(statusNames, v) }

// ParseStatus gives the value of a name; false when there is no such name.
func ParseStatus(s string) (Status, bool) { return enumParse[Status](statusNames, s) }

// Statuses lists every value, in the order of the constants.
func Statuses() []Status { return enumValues[Status](statusNames) }

// Line is what a party says of an event.
type Line uint8

// The values of Line; see Line.String for their names.
const (
	_ Line = iota
	LineAnnounced
	LineConfirmed
	LineHedged
	LineDenied
	LineSilent
)

var lineNames = vocabulary(`announced confirmed hedged denied silent`)

// String is the name in the published reading, "" when unset.
func (v Line) String() string { return enumName(lineNames, v) }

// ParseLine gives the value of a name; false when there is no such name.
func ParseLine(s string) (Line, bool) { return enumParse[Line](lineNames, s) }

// Lines lists every value, in the order of the constants.
func Lines() []Line { return enumValues[Line](lineNames) }

// Part is the part an actor has in an event.
type Part uint8

// The values of Part; see Part.String for their names.
const (
	_ Part = iota
	AsParticipant
	AsHost
	AsVisitor
	AsMediator
	AsInitiator
	AsTarget
	AsOrganiser
	AsInvited
	AsDrafter
	AsAbsent
)

var partNames = vocabulary(`participant host visitor mediator initiator target organiser invited drafter absent`)

// String is the name in the published reading, "" when unset.
func (v Part) String() string { return enumName(partNames, v) }

// ParsePart gives the value of a name; false when there is no such name.
func ParsePart(s string) (Part, bool) { return enumParse[Part](partNames, s) }

// Parts lists every value, in the order of the constants.
func Parts() []Part { return enumValues[Part](partNames) }

// Format is how an event is held.
type Format uint8

// The values of Format; see Format.String for their names.
const (
	_ Format = iota
	FormatInPerson
	FormatPhone
	FormatVideo
	FormatLetter
	FormatIndirect
)

var formatNames = vocabulary(`in-person phone video letter indirect`)

// String is the name in the published reading, "" when unset.
func (v Format) String() string { return enumName(formatNames, v) }

// ParseFormat gives the value of a name; false when there is no such name.
func ParseFormat(s string) (Format, bool) { return enumParse[Format](formatNames, s) }

// Formats lists every value, in the order of the constants.
func Formats() []Format { return enumValues[Format](formatNames) }

// Level is the rank of those who meet.
type Level uint8

// The values of Level; see Level.String for their names.
const (
	_ Level = iota
	LevelLeaders
	LevelMinisters
	LevelEnvoys
	LevelOfficials
)

var levelNames = vocabulary(`leaders ministers envoys officials`)

// String is the name in the published reading, "" when unset.
func (v Level) String() string { return enumName(levelNames, v) }

// ParseLevel gives the value of a name; false when there is no such name.
func ParseLevel(s string) (Level, bool) { return enumParse[Level](levelNames, s) }

// Levels lists every value, in the order of the constants.
func Levels() []Level { return enumValues[Level](levelNames) }

// LinkKind ties one event to another.
type LinkKind uint8

// The values of LinkKind; see LinkKind.String for their names.
const (
	_ LinkKind = iota
	LinkRequires
	LinkFollows
	LinkDuring
	LinkPartOf
	LinkSameAs
	LinkAbout
)

var linkKindNames = vocabulary(`requires follows during part-of same-as about`)

// String is the name in the published reading, "" when unset.
func (v LinkKind) String() string { return enumName(linkKindNames, v) }

// ParseLinkKind gives the value of a name; false when there is no such name.
func ParseLinkKind(s string) (LinkKind, bool) { return enumParse[LinkKind](linkKindNames, s) }

// LinkKinds lists every value, in the order of the constants.
func LinkKinds() []LinkKind { return enumValues[LinkKind](linkKindNames) }

// ConditionKind is the word that introduces a condition.
type ConditionKind uint8

// The values of ConditionKind; see ConditionKind.String for their names.
const (
	_ ConditionKind = iota
	CondIf
	CondOnce
	CondUnless
	CondUntil
	CondBy
)

var conditionKindNames = vocabulary(`if once unless until by`)

// String is the name in the published reading, "" when unset.
func (v ConditionKind) String() string { return enumName(conditionKindNames, v) }

// ParseConditionKind gives the value of a name; false when there is no such name.
func ParseConditionKind(s string) (ConditionKind, bool) {
	return enumParse[ConditionKind](conditionKindNames, s)
}

// ConditionKinds lists every value, in the order of the constants.
func ConditionKinds() []ConditionKind { return enumValues[ConditionKind](conditionKindNames) }

// Stance is where a party stands on an issue.
type Stance uint8

// The values of Stance; see Stance.String for their names.
const (
	_ Stance = iota
	StanceSupports
	StanceOpposes
	StanceSeeks
	StanceOffers
	StanceDrafts
	StanceDiscusses
	StanceUndecided
)

var stanceNames = vocabulary(`supports opposes seeks offers drafts discusses undecided`)

// String is the name in the published reading, "" when unset.
func (v Stance) String() string { return enumName(stanceNames, v) }

// ParseStance gives the value of a name; false when there is no such name.
func ParseStance(s string) (Stance, bool) { return enumParse[Stance](stanceNames, s) }

// Stances lists every value, in the order of the constants.
func Stances() []Stance { return enumValues[Stance](stanceNames) }

// ProposalStatus is how far a proposal has come.
type ProposalStatus uint8

// The values of ProposalStatus; see ProposalStatus.String for their names.
const (
	_ ProposalStatus = iota
	ProposalExplored
	ProposalTabled
	ProposalAccepted
	ProposalRejected
)

var proposalStatusNames = vocabulary(`explored tabled accepted rejected`)

// String is the name in the published reading, "" when unset.
func (v ProposalStatus) String() string { return enumName(proposalStatusNames, v) }

// ParseProposalStatus gives the value of a name; false when there is no such name.
func ParseProposalStatus(s string) (ProposalStatus, bool) {
	return enumParse[ProposalStatus](proposalStatusNames, s)
}

// ProposalStatuses lists every value, in the order of the constants.
func ProposalStatuses() []ProposalStatus { return enumValues[ProposalStatus](proposalStatusNames) }
