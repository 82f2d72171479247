#[doc(hidden)]
#[allow(
    dead_code,
    missing_docs,
    missing_debug_implementations,
    non_camel_case_types,
    unreachable_pub
)]
pub(crate) mod __reading_fields {
    pub(crate) enum sensor {}
    pub(crate) enum at {}
    pub(crate) enum alarm {}
    pub(crate) enum kind {}
    pub(crate) enum room {}
}
#[automatically_derived]
#[allow(
    dead_code,
    private_bounds,
    private_interfaces,
    unused_qualifications,
    clippy::all,
    clippy::absolute_paths
)]
/** The fields, keys and queries of `Reading`. The requests [`put`, `create`, `update` and `delete`](#impl-EntityExt-for-E) of a `Reading` are methods of the trait `EntityExt`, which is in the prelude. Without a `Reading`, a change or a delete begins at the key: `Reading::key(..)`.

 A query that is not among these functions is not declared: write `#[access(by_.., index = .., pk = "..", sk = "..")]` above `Reading`.*/
impl Reading {
    /// The field `sensor`, stored as `sensor`.
    const SENSOR: ::monotable::__private::Field<
        Reading,
        __reading_fields::sensor,
        u32,
    > = ::monotable::__private::Field::<
        Reading,
        __reading_fields::sensor,
        u32,
    >::new("sensor");
    /// The field `at`, stored as `at`.
    pub(crate) const AT: ::monotable::__private::Field<
        Reading,
        __reading_fields::at,
        Timestamp,
    > = ::monotable::__private::Field::<
        Reading,
        __reading_fields::at,
        Timestamp,
    >::new("at");
    /// The field `alarm`, stored as `alarm`.
    const ALARM: ::monotable::__private::Field<
        Reading,
        __reading_fields::alarm,
        Option<String>,
    > = ::monotable::__private::Field::<
        Reading,
        __reading_fields::alarm,
        Option<String>,
    >::optional("alarm");
    /// The field `kind`, stored as `kind`.
    const KIND: ::monotable::__private::Field<Reading, __reading_fields::kind, Kind> = ::monotable::__private::Field::<
        Reading,
        __reading_fields::kind,
        Kind,
    >::new("kind");
    /// The field `room`, stored as `room`.
    pub(crate) const ROOM: ::monotable::__private::Field<
        Reading,
        __reading_fields::room,
        String,
    > = ::monotable::__private::Field::<
        Reading,
        __reading_fields::room,
        String,
    >::new("room");
    /// The fields `alarm`, `kind` and `room`, which an update by key sets together so that index `ByAlarm` stays true.
    const BY_ALARM_KEY: ::monotable::__private::IndexKeyFields<
        Reading,
        (__reading_fields::alarm, __reading_fields::kind, __reading_fields::room),
        (Option<String>, Kind, String),
    > = ::monotable::__private::IndexKeyFields::new(&["alarm", "kind", "room"]);
    /// The fields `kind`, `room` and `alarm`, which an update by key sets together so that index `ByKind` stays true.
    const BY_KIND_KEY: ::monotable::__private::IndexKeyFields<
        Reading,
        (__reading_fields::kind, __reading_fields::room, __reading_fields::alarm),
        (Kind, String, Option<String>),
    > = ::monotable::__private::IndexKeyFields::new(&["kind", "room", "alarm"]);
    /// The primary key: `SENSOR#{sensor}#{at:day:bucket}` / `{at}`.
    pub(crate) fn key(
        sensor: impl ::monotable::__private::IntoPart<u32>,
        at: impl ::monotable::__private::IntoPart<Timestamp>,
    ) -> ::monotable::__private::Key<Reading> {
        ::monotable::__private::Key::new((
            ::monotable::__private::IntoPart::into_part(sensor),
            ::monotable::__private::IntoPart::into_part(at),
        ))
    }
    /// Reads the item with this key.
    pub(crate) fn get(
        sensor: impl ::monotable::__private::IntoPart<u32>,
        at: impl ::monotable::__private::IntoPart<Timestamp>,
    ) -> ::monotable::__private::Get<Reading> {
        Self::key(sensor, at).get()
    }
    /// The partition of the primary key: `SENSOR#{sensor}#{at:day:bucket}`.
    pub(crate) fn partition(
        sensor: impl ::monotable::__private::IntoPart<u32>,
        at: impl ::monotable::__private::IntoPart<
            ::monotable::__private::BucketOf<
                Timestamp,
                ::monotable::__private::unit::Day,
            >,
        >,
    ) -> ::monotable::__private::Partition<Reading> {
        let sensor = ::monotable::__private::IntoPart::into_part(sensor);
        let at = ::monotable::__private::IntoPart::into_part(at);
        ::monotable::__private::Partition::new(
            &[
                ::monotable::__private::arg(
                    0,
                    <u32 as ::monotable::__private::KeyPart>::as_part(&sensor),
                ),
                ::monotable::__private::bucket_arg(
                    1,
                    ::monotable::__private::Unit::Day,
                    <::monotable::__private::BucketOf<
                        Timestamp,
                        ::monotable::__private::unit::Day,
                    > as ::monotable::__private::KeyPart>::as_part(&at),
                ),
            ],
        )
    }
    /// Queries the primary key: `SENSOR#{sensor}#{at:day:bucket}` / `{at}`.
    pub(crate) fn of_sensor(
        sensor: impl ::monotable::__private::IntoPart<u32>,
        at: impl ::monotable::__private::IntoPart<
            ::monotable::__private::BucketOf<
                Timestamp,
                ::monotable::__private::unit::Day,
            >,
        >,
    ) -> ::monotable::__private::Query<
        Reading,
        ::monotable::__private::Part<__reading_fields::at, Timestamp>,
    > {
        let sensor = ::monotable::__private::IntoPart::into_part(sensor);
        let at = ::monotable::__private::IntoPart::into_part(at);
        ::monotable::__private::Query::new(
            "of_sensor",
            &[
                ::monotable::__private::arg(
                    0,
                    <u32 as ::monotable::__private::KeyPart>::as_part(&sensor),
                ),
                ::monotable::__private::bucket_arg(
                    1,
                    ::monotable::__private::Unit::Day,
                    <::monotable::__private::BucketOf<
                        Timestamp,
                        ::monotable::__private::unit::Day,
                    > as ::monotable::__private::KeyPart>::as_part(&at),
                ),
            ],
        )
    }
    /// Queries index `ByAlarm`: `ALARM#{alarm}` / `{at:hour:bucket}#{sensor:06}`.
    pub(crate) fn alarms(
        alarm: impl ::monotable::__private::IntoPart<String>,
    ) -> ::monotable::__private::Query<
        Reading,
        ::monotable::__private::Part<
            __reading_fields::at,
            ::monotable::__private::BucketOf<
                Timestamp,
                ::monotable::__private::unit::Hour,
            >,
            ::monotable::__private::Part<__reading_fields::sensor, u32>,
        >,
        ByAlarm,
    > {
        ::monotable::__private::Query::of(
            "alarms",
            2,
            alarm,
            <String as ::monotable::__private::KeyPart>::as_part,
        )
    }
    /// Queries index `ByKind`: `SENSOR#{sensor}#{at:day:bucket}` / `{kind}#{room}#{at:s}`.
    pub(crate) fn by_kind(
        sensor: impl ::monotable::__private::IntoPart<u32>,
        at: impl ::monotable::__private::IntoPart<
            ::monotable::__private::BucketOf<
                Timestamp,
                ::monotable::__private::unit::Day,
            >,
        >,
    ) -> ::monotable::__private::Query<
        Reading,
        ::monotable::__private::Part<
            __reading_fields::kind,
            Kind,
            ::monotable::__private::Part<
                __reading_fields::room,
                String,
                ::monotable::__private::Part<__reading_fields::at, Timestamp>,
            >,
        >,
        ByKind,
    > {
        let sensor = ::monotable::__private::IntoPart::into_part(sensor);
        let at = ::monotable::__private::IntoPart::into_part(at);
        ::monotable::__private::Query::new(
            "by_kind",
            &[
                ::monotable::__private::arg(
                    0,
                    <u32 as ::monotable::__private::KeyPart>::as_part(&sensor),
                ),
                ::monotable::__private::bucket_arg(
                    1,
                    ::monotable::__private::Unit::Day,
                    <::monotable::__private::BucketOf<
                        Timestamp,
                        ::monotable::__private::unit::Day,
                    > as ::monotable::__private::KeyPart>::as_part(&at),
                ),
            ],
        )
    }
}
const _: () = {
    use ::monotable::__private as __m;
    #[allow(unused_imports)]
    use __m::NotWorkflow as _;
    impl __m::Declared<u32> for __reading_fields::sensor {
        type Is = __m::Is<
            __m::Name<337307947904426661538861252276607272211>,
            __m::role::PrimaryKey,
            __m::IsPart<<u32 as __m::KeyPart>::Kind>,
        >;
    }
    impl __m::Declared<Timestamp> for __reading_fields::at {
        type Is = __m::Is<
            __m::Name<11301465491893185047026317407336965808>,
            __m::role::PrimaryKey,
            __m::IsPart<<Timestamp as __m::KeyPart>::Kind>,
        >;
    }
    impl __m::Declared<Option<String>> for __reading_fields::alarm {
        type Is = __m::Is<
            __m::Name<67144454217637184503921267797293010978>,
            __m::role::Stale<ByAlarm, __reading_fields::kind>,
            __m::MayBePart<<String as __m::KeyPart>::Kind>,
        >;
        #[allow(unreachable_patterns)]
        fn when(__value: &Option<String>, __index: usize) -> bool {
            match __index {
                0 => {
                    match __value {
                        <Option<String>>::None => false,
                        _ => true,
                    }
                }
                1 => {
                    match __value {
                        <Option<String>>::None => true,
                        _ => false,
                    }
                }
                _ => true,
            }
        }
    }
    impl __m::Declared<Kind> for __reading_fields::kind {
        type Is = __m::Is<
            __m::Name<139934015657835635809840068207556063395>,
            <__m::role::Stale<
                ByAlarm,
                __reading_fields::alarm,
            > as __m::role::IfWorkflow<{ __m::IsWorkflow::<Kind>::IS }>>::Role,
            __m::IsPart<<Kind as __m::KeyPart>::Kind>,
        >;
        #[allow(unreachable_patterns)]
        fn when(__value: &Kind, __index: usize) -> bool {
            match __index {
                0 => {
                    match __value {
                        <Kind>::Hot | <Kind>::Cold => true,
                        _ => false,
                    }
                }
                _ => true,
            }
        }
    }
    impl __m::Declared<String> for __reading_fields::room {
        type Is = __m::Is<
            __m::Name<140889175345683554395604219634084591250>,
            __m::role::Stale<ByKind, (__reading_fields::kind, __reading_fields::alarm)>,
            __m::IsPart<<String as __m::KeyPart>::Kind>,
        >;
    }
    #[automatically_derived]
    impl __m::Entity for Reading {
        type Table = Log;
        type Stored = Reading;
        type Rules = <__m::role::Free as __m::role::IfWorkflow<
            { __m::IsWorkflow::<Kind>::IS },
        >>::Rules;
        type Partition = __m::Shape<48149310856887298897676416922938824621>;
        const DEF: &'static __m::EntityDef = &__m::EntityDef::new(
            "reading",
            [
                &[
                    __m::Segment::Literal("SENSOR#"),
                    __m::part(
                        0,
                        "sensor",
                        __m::Format::OWN,
                        <u32 as __m::KeyPart>::CLASS,
                    ),
                    __m::Segment::Literal("#"),
                    __m::part(
                        1,
                        "at",
                        __m::Format::OWN.bucket(__m::Unit::Day),
                        <Timestamp as __m::KeyPart>::CLASS,
                    ),
                ],
                &[
                    __m::part(
                        1,
                        "at",
                        __m::Format::OWN,
                        <Timestamp as __m::KeyPart>::CLASS,
                    ),
                ],
            ],
            &[
                __m::IndexKey::new(
                        <Log as __m::Lists<ByAlarm>>::INDEX,
                        [
                            &[
                                __m::Segment::Literal("ALARM#"),
                                __m::part(
                                    2,
                                    "alarm",
                                    __m::Format::OWN,
                                    <String as __m::KeyPart>::CLASS,
                                ),
                            ],
                            &[
                                __m::part(
                                    1,
                                    "at",
                                    __m::Format::OWN.bucket(__m::Unit::Hour),
                                    <Timestamp as __m::KeyPart>::CLASS,
                                ),
                                __m::Segment::Literal("#"),
                                __m::part(
                                    0,
                                    "sensor",
                                    __m::Format::OWN.width(6),
                                    <u32 as __m::KeyPart>::CLASS,
                                ),
                            ],
                        ],
                    )
                    .when(&[2, 3]),
                __m::IndexKey::new(
                        <Log as __m::Lists<ByKind>>::INDEX,
                        [
                            &[
                                __m::Segment::Literal("SENSOR#"),
                                __m::part(
                                    0,
                                    "sensor",
                                    __m::Format::OWN,
                                    <u32 as __m::KeyPart>::CLASS,
                                ),
                                __m::Segment::Literal("#"),
                                __m::part(
                                    1,
                                    "at",
                                    __m::Format::OWN.bucket(__m::Unit::Day),
                                    <Timestamp as __m::KeyPart>::CLASS,
                                ),
                            ],
                            &[
                                __m::part(
                                    3,
                                    "kind",
                                    __m::Format::OWN,
                                    <Kind as __m::KeyPart>::CLASS,
                                ),
                                __m::Segment::Literal("#"),
                                __m::part(
                                    4,
                                    "room",
                                    __m::Format::OWN,
                                    <String as __m::KeyPart>::CLASS,
                                ),
                                __m::Segment::Literal("#"),
                                __m::part(
                                    1,
                                    "at",
                                    __m::Format::OWN.unit(__m::Unit::Second),
                                    <Timestamp as __m::KeyPart>::CLASS,
                                ),
                            ],
                        ],
                    )
                    .when(&[2]),
                __m::IndexKey::new(
                    <Log as __m::Lists<ByRoom>>::INDEX,
                    [
                        &[
                            __m::Segment::Literal("ROOM#"),
                            __m::part(
                                4,
                                "room",
                                __m::Format::OWN.or_empty(),
                                <String as __m::KeyPart>::CLASS,
                            ),
                        ],
                        &[
                            __m::part(
                                1,
                                "at",
                                __m::Format::OWN,
                                <Timestamp as __m::KeyPart>::CLASS,
                            ),
                        ],
                    ],
                ),
            ],
            &["sensor", "at", "alarm", "kind", "room", ""],
        );
    }
    #[automatically_derived]
    impl __m::EntityImpl for Reading {
        type Key = (u32, Timestamp);
        fn part(&self, __field: u16) -> ::core::option::Option<&dyn __m::PartValue> {
            match __field {
                0 => <u32 as __m::KeyPart>::as_part(&self.sensor),
                1 => <Timestamp as __m::KeyPart>::as_part(&self.at),
                2 => __m::optional(&self.alarm, <String as __m::KeyPart>::as_part),
                3 => <Kind as __m::KeyPart>::as_part(&self.kind),
                4 => <String as __m::KeyPart>::as_part(&self.room),
                _ => ::core::option::Option::None,
            }
        }
        fn key_fns() -> <Self::Key as __m::KeyTuple>::Fns {
            (<u32 as __m::KeyPart>::part_fns(), <Timestamp as __m::KeyPart>::part_fns())
        }
        fn identity(&self) -> Self::Key {
            (
                ::core::clone::Clone::clone(&self.sensor),
                ::core::clone::Clone::clone(&self.at),
            )
        }
        fn when(&self, __index: usize, __field: u16) -> bool {
            match (__index, __field) {
                (0, 2) => {
                    <__reading_fields::alarm as __m::FieldDef<
                        Option<String>,
                    >>::when(&self.alarm, 0)
                }
                (0, 3) => {
                    <__reading_fields::kind as __m::FieldDef<Kind>>::when(&self.kind, 0)
                }
                (1, 2) => {
                    <__reading_fields::alarm as __m::FieldDef<
                        Option<String>,
                    >>::when(&self.alarm, 1)
                }
                _ => true,
            }
        }
        fn in_workflows(&self) -> __m::List<__m::InState> {
            __m::states([__m::IsWorkflow::<Kind>::state(&self.kind, 3)])
        }
    }
    #[automatically_derived]
    impl __m::On<__m::Primary> for Reading {}
    #[automatically_derived]
    impl __m::On<ByAlarm> for Reading {
        const AT: usize = 0;
    }
    #[automatically_derived]
    impl __m::On<ByKind> for Reading {
        const AT: usize = 1;
    }
    #[automatically_derived]
    impl __m::On<ByRoom> for Reading {
        const AT: usize = 2;
    }
    impl __m::Whole<__m::Primary, __m::Part<__reading_fields::at, Timestamp>>
    for Reading {}
    impl __m::Whole<
        ByAlarm,
        __m::Part<
            __reading_fields::at,
            __m::BucketOf<Timestamp, __m::unit::Hour>,
            __m::Part<__reading_fields::sensor, u32>,
        >,
    > for Reading {}
    impl __m::Whole<
        ByKind,
        __m::Part<
            __reading_fields::kind,
            Kind,
            __m::Part<
                __reading_fields::room,
                String,
                __m::Part<__reading_fields::at, Timestamp>,
            >,
        >,
    > for Reading {}
    #[automatically_derived]
    impl __m::Named<173981642943494417935616303123897334971> for Reading {
        type On = __m::Primary;
    }
    #[automatically_derived]
    impl __m::Named<238953980608559318178058505076814648235> for Reading {
        type On = ByAlarm;
    }
    #[automatically_derived]
    impl __m::Named<21555645251858367580024770469802211279> for Reading {
        type On = ByKind;
    }
    impl __m::InKey<ByAlarm> for __reading_fields::alarm {}
    impl __m::InKey<ByAlarm> for __reading_fields::sensor {}
    impl __m::InKey<ByKind> for __reading_fields::sensor {}
    impl __m::InKey<ByKind> for __reading_fields::kind {}
    impl __m::InKey<ByKind> for __reading_fields::room {}
    impl __m::InKey<ByKind> for __reading_fields::at {}
    impl __m::InKey<ByRoom> for __reading_fields::room {}
    impl __m::InKey<ByRoom> for __reading_fields::at {}
    let __def = <Reading as __m::Entity>::DEF;
    let __table = __m::table_of::<Reading>();
    let _ = <Timestamp as __m::Bucketed<__m::unit::Day>>::bucket;
    let _ = <Timestamp as __m::Bucketed<__m::unit::Hour>>::bucket;
    __m::assert_partition_key(__def, 0, "ByAlarm", true);
    __m::assert_partition_key(__def, 1, "ByKind", false);
    __m::assert_partition_key(__def, 2, "ByRoom", true);
    __m::assert_template(__def, 0);
    __m::assert_template(__def, 3);
    __m::assert_template(__def, 5);
    __m::assert_template(__def, 6);
    __m::assert_fields(__def, __table);
};
