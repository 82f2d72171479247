#[doc(hidden)]
#[allow(
    dead_code,
    missing_docs,
    missing_debug_implementations,
    non_camel_case_types,
    unreachable_pub
)]
pub(crate) mod reading_fields {
    pub(crate) enum sensor {}
    pub(crate) enum at {}
    pub(crate) enum alarm {}
    pub(crate) enum kind {}
    pub(crate) enum room {}
}
#[automatically_derived]
#[allow(dead_code, private_bounds, private_interfaces, clippy::all)]
impl Reading {
    /// The field `sensor`, stored as `sensor`.
    const SENSOR: ::monotable::__private::Field<Reading, reading_fields::sensor, u32> = ::monotable::__private::Field::new();
    /// The field `at`, stored as `at`.
    pub(crate) const AT: ::monotable::__private::Field<
        Reading,
        reading_fields::at,
        Timestamp,
    > = ::monotable::__private::Field::new();
    /// The field `alarm`, stored as `alarm`.
    const ALARM: ::monotable::__private::Field<
        Reading,
        reading_fields::alarm,
        Option<String>,
    > = ::monotable::__private::Field::new();
    /// The field `kind`, stored as `kind`.
    const KIND: ::monotable::__private::Field<Reading, reading_fields::kind, Kind> = ::monotable::__private::Field::new();
    /// The field `room`, stored as `room`.
    pub(crate) const ROOM: ::monotable::__private::Field<
        Reading,
        reading_fields::room,
        String,
    > = ::monotable::__private::Field::new();
    /// The fields `alarm` and `kind`, which an update by key sets together so that index `ByAlarm` stays true.
    const BY_ALARM_KEY: ::monotable::__private::Together<
        Reading,
        (reading_fields::alarm, reading_fields::kind),
        (Option<String>, Kind),
    > = ::monotable::__private::Together::new();
    /// The primary key: `SENSOR#{sensor}#{at:day:bucket}` / `{at}`.
    pub(crate) fn key(
        sensor: impl ::monotable::__private::IntoPart<reading_fields::sensor, u32>,
        at: impl ::monotable::__private::IntoPart<reading_fields::at, Timestamp>,
    ) -> ::monotable::__private::Key<Reading> {
        ::monotable::__private::Key::new((
            ::monotable::__private::IntoPart::into_part(sensor),
            ::monotable::__private::IntoPart::into_part(at),
        ))
    }
    /// Reads the item with this key.
    pub(crate) fn get(
        sensor: impl ::monotable::__private::IntoPart<reading_fields::sensor, u32>,
        at: impl ::monotable::__private::IntoPart<reading_fields::at, Timestamp>,
    ) -> ::monotable::__private::Get<Reading> {
        Self::key(sensor, at).get()
    }
    /// Queries the primary key: `SENSOR#{sensor}#{at:day:bucket}` / `{at}`.
    pub(crate) fn of_sensor(
        sensor: impl ::monotable::__private::IntoPart<reading_fields::sensor, u32>,
        at: impl ::monotable::__private::IntoPart<
            reading_fields::at,
            ::monotable::__private::BucketOf<
                Timestamp,
                ::monotable::__private::unit::Day,
            >,
        >,
    ) -> ::monotable::__private::Query<
        Reading,
        ::monotable::__private::Part<reading_fields::at, Timestamp>,
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
        alarm: impl ::monotable::__private::IntoPart<reading_fields::alarm, String>,
    ) -> ::monotable::__private::Query<
        Reading,
        ::monotable::__private::Part<
            reading_fields::at,
            ::monotable::__private::BucketOf<
                Timestamp,
                ::monotable::__private::unit::Hour,
            >,
            ::monotable::__private::Part<reading_fields::sensor, u32>,
        >,
        ByAlarm,
    > {
        let alarm = ::monotable::__private::IntoPart::into_part(alarm);
        ::monotable::__private::Query::new(
            "alarms",
            &[
                ::monotable::__private::arg(
                    2,
                    <String as ::monotable::__private::KeyPart>::as_part(&alarm),
                ),
            ],
        )
    }
}
const _: () = {
    use ::monotable::__private as __m;
    #[allow(dead_code)]
    type __Value = ::core::result::Result<__m::Value, __m::ValueError>;
    #[automatically_derived]
    impl __m::FieldDef<u32> for reading_fields::sensor {
        type Role = __m::role::PrimaryKey;
        type Form = __m::form::Own<u32>;
        type Codec = __m::BySerde;
        type Part = __m::IsPart<<u32 as __m::KeyPart>::Kind>;
        const DEF: __m::FieldInfo = ("sensor", 0, false);
    }
    #[automatically_derived]
    impl __m::FieldDef<Timestamp> for reading_fields::at {
        type Role = __m::role::PrimaryKey;
        type Form = __m::form::Own<Timestamp>;
        type Codec = __m::BySerde;
        type Part = __m::IsPart<<Timestamp as __m::KeyPart>::Kind>;
        const DEF: __m::FieldInfo = ("at", 1, false);
    }
    #[automatically_derived]
    impl __m::FieldDef<Option<String>> for reading_fields::alarm {
        type Role = __m::role::Stale<ByAlarm, reading_fields::kind>;
        type Form = __m::form::Own<Option<String>>;
        type Codec = __m::BySerde;
        type Part = __m::MayBePart<<String as __m::KeyPart>::Kind>;
        const DEF: __m::FieldInfo = ("alarm", 2, true);
        #[allow(unreachable_patterns)]
        fn is_in(value: &Option<String>, index: usize) -> bool {
            match index {
                0 => {
                    match value {
                        <Option<String>>::None => false,
                        _ => true,
                    }
                }
                _ => true,
            }
        }
    }
    #[automatically_derived]
    impl __m::FieldDef<Kind> for reading_fields::kind {
        type Role = __m::role::Stale<ByAlarm, reading_fields::alarm>;
        type Form = __m::form::Own<Kind>;
        type Codec = __m::BySerde;
        type Part = __m::NoPart;
        const DEF: __m::FieldInfo = ("kind", 3, false);
        #[allow(unreachable_patterns)]
        fn is_in(value: &Kind, index: usize) -> bool {
            match index {
                0 => {
                    match value {
                        <Kind>::Hot | <Kind>::Cold => true,
                        _ => false,
                    }
                }
                _ => true,
            }
        }
    }
    #[automatically_derived]
    impl __m::FieldDef<String> for reading_fields::room {
        type Role = __m::role::FeedsIndex;
        type Form = __m::form::Own<String>;
        type Codec = __m::BySerde;
        type Part = __m::IsPart<<String as __m::KeyPart>::Kind>;
        const DEF: __m::FieldInfo = ("room", 4, false);
    }
    #[automatically_derived]
    impl __m::Entity for Reading {
        type Table = Log;
        type Stored = Reading;
        type Rules = __m::role::Free;
        const DEF: &'static __m::EntityDef = &__m::EntityDef::new(
            "reading",
            [
                &[
                    __m::literal("SENSOR#"),
                    __m::part(
                        0,
                        "sensor",
                        __m::Format::OWN,
                        <u32 as __m::KeyPart>::CLASS,
                    ),
                    __m::literal("#"),
                    __m::part(
                        1,
                        "at",
                        __m::Format::OWN.unit(__m::Unit::Day),
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
                                __m::literal("ALARM#"),
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
                                    __m::Format::OWN.unit(__m::Unit::Hour),
                                    <Timestamp as __m::KeyPart>::CLASS,
                                ),
                                __m::literal("#"),
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
                    <Log as __m::Lists<ByRoom>>::INDEX,
                    [
                        &[
                            __m::literal("ROOM#"),
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
        fn part(&self, field: u16) -> ::core::option::Option<&dyn __m::PartValue> {
            match field {
                0 => <u32 as __m::KeyPart>::as_part(&self.sensor),
                1 => <Timestamp as __m::KeyPart>::as_part(&self.at),
                2 => {
                    <reading_fields::alarm as __m::FieldDef<
                        Option<String>,
                    >>::part(&self.alarm)
                }
                4 => <String as __m::KeyPart>::as_part(&self.room),
                _ => ::core::option::Option::None,
            }
        }
        fn key_part(
            key: &Self::Key,
            field: u16,
        ) -> ::core::option::Option<&dyn __m::PartValue> {
            match field {
                0 => <u32 as __m::KeyPart>::as_part(&key.0),
                1 => <Timestamp as __m::KeyPart>::as_part(&key.1),
                _ => ::core::option::Option::None,
            }
        }
        fn to_key(&self) -> Self::Key {
            (
                ::core::clone::Clone::clone(&self.sensor),
                ::core::clone::Clone::clone(&self.at),
            )
        }
        fn read_key(parts: &__m::KeyParts<'_>) -> __m::Result<Self::Key> {
            ::core::result::Result::Ok((
                <u32 as __m::KeyPart>::read_part(parts, 0)?,
                <Timestamp as __m::KeyPart>::read_part(parts, 1)?,
            ))
        }
        fn when(&self, index: usize, field: u16) -> bool {
            match (index, field) {
                (0, 2) => {
                    <reading_fields::alarm as __m::FieldDef<
                        Option<String>,
                    >>::is_in(&self.alarm, 0)
                }
                (0, 3) => {
                    <reading_fields::kind as __m::FieldDef<Kind>>::is_in(&self.kind, 0)
                }
                _ => true,
            }
        }
    }
    #[automatically_derived]
    impl __m::On<__m::Primary> for Reading {}
    #[automatically_derived]
    impl __m::On<ByAlarm> for Reading {
        const AT: usize = 0;
    }
    #[automatically_derived]
    impl __m::On<ByRoom> for Reading {
        const AT: usize = 1;
    }
    let (def, table) = (<Reading as __m::Entity>::DEF, __m::table_of::<Reading>());
    let _ = <Timestamp as __m::Bucketed<__m::unit::Day>>::bucket;
    let _ = <Timestamp as __m::Bucketed<__m::unit::Hour>>::bucket;
    __m::assert_template(def, 0);
    __m::assert_template(def, 1);
    __m::assert_template(def, 2);
    __m::assert_template(def, 3);
    __m::assert_template(def, 4);
    __m::assert_fields(def, table);
};
