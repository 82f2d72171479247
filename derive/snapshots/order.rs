#[doc(hidden)]
#[allow(
    dead_code,
    missing_docs,
    missing_debug_implementations,
    non_camel_case_types,
    unreachable_pub
)]
pub mod order_fields {
    pub enum customer_id {}
    pub enum order_id {}
    pub enum status {}
    pub enum placed_at {}
    pub enum total {}
    pub enum note {}
}
#[automatically_derived]
#[allow(dead_code, private_bounds, private_interfaces, clippy::all)]
impl Order {
    /// The field `customer_id`, stored as `customer_id`.
    pub const CUSTOMER_ID: ::monotable::__private::Field<
        Order,
        order_fields::customer_id,
        String,
    > = ::monotable::__private::Field::new();
    /// The field `order_id`, stored as `order_id`.
    pub const ORDER_ID: ::monotable::__private::Field<
        Order,
        order_fields::order_id,
        String,
    > = ::monotable::__private::Field::new();
    /// The field `status`, stored as `status`.
    pub const STATUS: ::monotable::__private::Field<
        Order,
        order_fields::status,
        Status,
    > = ::monotable::__private::Field::new();
    /// The field `placed_at`, stored as `placed_at`.
    pub const PLACED_AT: ::monotable::__private::Field<
        Order,
        order_fields::placed_at,
        Timestamp,
    > = ::monotable::__private::Field::new();
    /// The field `total`, stored as `total`.
    pub const TOTAL: ::monotable::__private::Field<
        Order,
        order_fields::total,
        Decimal,
    > = ::monotable::__private::Field::new();
    /// The field `note`, stored as `note`.
    pub const NOTE: ::monotable::__private::Field<
        Order,
        order_fields::note,
        Option<String>,
    > = ::monotable::__private::Field::new();
    /// The primary key: `CUSTOMER#{customer_id}` / `ORDER#{order_id}`.
    pub fn key(
        customer_id: impl ::monotable::__private::IntoPart<
            order_fields::customer_id,
            String,
        >,
        order_id: impl ::monotable::__private::IntoPart<order_fields::order_id, String>,
    ) -> ::monotable::__private::Key<Order> {
        ::monotable::__private::Key::new((
            ::monotable::__private::IntoPart::into_part(customer_id),
            ::monotable::__private::IntoPart::into_part(order_id),
        ))
    }
    /// Reads the item with this key.
    pub fn get(
        customer_id: impl ::monotable::__private::IntoPart<
            order_fields::customer_id,
            String,
        >,
        order_id: impl ::monotable::__private::IntoPart<order_fields::order_id, String>,
    ) -> ::monotable::__private::Get<Order> {
        Self::key(customer_id, order_id).get()
    }
    /// Queries the primary key: `CUSTOMER#{customer_id}` / `ORDER#{order_id}`.
    pub fn by_customer(
        customer_id: impl ::monotable::__private::IntoPart<
            order_fields::customer_id,
            String,
        >,
    ) -> ::monotable::__private::Query<
        Order,
        ::monotable::__private::Part<order_fields::order_id, String>,
    > {
        let customer_id = ::monotable::__private::IntoPart::into_part(customer_id);
        ::monotable::__private::Query::new(
            "by_customer",
            &[
                ::monotable::__private::arg(
                    0,
                    <String as ::monotable::__private::KeyPart>::as_part(&customer_id),
                ),
            ],
        )
    }
    /// Queries index `Gsi1`: `STATUS#{status}` / `{placed_at:s}#{order_id}`.
    pub fn by_status(
        status: impl ::monotable::__private::IntoPart<order_fields::status, Status>,
    ) -> ::monotable::__private::Query<
        Order,
        ::monotable::__private::Part<
            order_fields::placed_at,
            Timestamp,
            ::monotable::__private::Part<order_fields::order_id, String>,
        >,
        Gsi1,
    > {
        let status = ::monotable::__private::IntoPart::into_part(status);
        ::monotable::__private::Query::new(
            "by_status",
            &[
                ::monotable::__private::arg(
                    2,
                    <Status as ::monotable::__private::KeyPart>::as_part(&status),
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
    impl __m::FieldDef<String> for order_fields::customer_id {
        type Role = __m::role::PrimaryKey;
        type Form = __m::form::Own<String>;
        type Codec = __m::BySerde;
        type Part = __m::IsPart<<String as __m::KeyPart>::Kind>;
        const DEF: __m::FieldInfo = ("customer_id", 0, false);
    }
    #[automatically_derived]
    impl __m::FieldDef<String> for order_fields::order_id {
        type Role = __m::role::PrimaryKey;
        type Form = __m::form::Own<String>;
        type Codec = __m::BySerde;
        type Part = __m::IsPart<<String as __m::KeyPart>::Kind>;
        const DEF: __m::FieldInfo = ("order_id", 1, false);
    }
    #[automatically_derived]
    impl __m::FieldDef<Status> for order_fields::status {
        type Role = __m::role::FeedsIndex;
        type Form = __m::form::Own<Status>;
        type Codec = __m::BySerde;
        type Part = __m::IsPart<<Status as __m::KeyPart>::Kind>;
        const DEF: __m::FieldInfo = ("status", 2, false);
    }
    #[automatically_derived]
    impl __m::FieldDef<Timestamp> for order_fields::placed_at {
        type Role = __m::role::FeedsIndex;
        type Form = __m::form::Own<Timestamp>;
        type Codec = __m::BySerde;
        type Part = __m::IsPart<<Timestamp as __m::KeyPart>::Kind>;
        const DEF: __m::FieldInfo = ("placed_at", 3, false);
    }
    #[automatically_derived]
    impl __m::FieldDef<Decimal> for order_fields::total {
        type Role = __m::role::Plain;
        type Form = __m::form::Own<Decimal>;
        type Codec = __m::BySerde;
        type Part = __m::NoPart;
        const DEF: __m::FieldInfo = ("total", 4, false);
    }
    #[automatically_derived]
    impl __m::FieldDef<Option<String>> for order_fields::note {
        type Role = __m::role::Plain;
        type Form = __m::form::Own<Option<String>>;
        type Codec = __m::BySerde;
        type Part = __m::NoPart;
        const DEF: __m::FieldInfo = ("note", 5, true);
    }
    #[automatically_derived]
    impl __m::Entity for Order {
        type Table = Shop;
        type Stored = Order;
        type Rules = __m::role::Free;
        const DEF: &'static __m::EntityDef = &__m::EntityDef::new(
            "Order",
            [
                &[
                    __m::literal("CUSTOMER#"),
                    __m::part(
                        0,
                        "customer_id",
                        __m::Format::OWN,
                        <String as __m::KeyPart>::CLASS,
                    ),
                ],
                &[
                    __m::literal("ORDER#"),
                    __m::part(
                        1,
                        "order_id",
                        __m::Format::OWN,
                        <String as __m::KeyPart>::CLASS,
                    ),
                ],
            ],
            &[
                __m::IndexKey::new(
                    <Shop as __m::Lists<Gsi1>>::INDEX,
                    [
                        &[
                            __m::literal("STATUS#"),
                            __m::part(
                                2,
                                "status",
                                __m::Format::OWN,
                                <Status as __m::KeyPart>::CLASS,
                            ),
                        ],
                        &[
                            __m::part(
                                3,
                                "placed_at",
                                __m::Format::OWN.unit(__m::Unit::Second),
                                <Timestamp as __m::KeyPart>::CLASS,
                            ),
                            __m::literal("#"),
                            __m::part(
                                1,
                                "order_id",
                                __m::Format::OWN,
                                <String as __m::KeyPart>::CLASS,
                            ),
                        ],
                    ],
                ),
            ],
            &["customer_id", "order_id", "status", "placed_at", "total", "note"],
        );
    }
    #[automatically_derived]
    impl __m::EntityImpl for Order {
        type Key = (String, String);
        fn part(&self, field: u16) -> ::core::option::Option<&dyn __m::PartValue> {
            match field {
                0 => <String as __m::KeyPart>::as_part(&self.customer_id),
                1 => <String as __m::KeyPart>::as_part(&self.order_id),
                2 => <Status as __m::KeyPart>::as_part(&self.status),
                3 => <Timestamp as __m::KeyPart>::as_part(&self.placed_at),
                _ => ::core::option::Option::None,
            }
        }
        fn key_part(
            key: &Self::Key,
            field: u16,
        ) -> ::core::option::Option<&dyn __m::PartValue> {
            match field {
                0 => <String as __m::KeyPart>::as_part(&key.0),
                1 => <String as __m::KeyPart>::as_part(&key.1),
                _ => ::core::option::Option::None,
            }
        }
        fn to_key(&self) -> Self::Key {
            (
                ::core::clone::Clone::clone(&self.customer_id),
                ::core::clone::Clone::clone(&self.order_id),
            )
        }
        fn read_key(parts: &__m::KeyParts<'_>) -> __m::Result<Self::Key> {
            ::core::result::Result::Ok((
                <String as __m::KeyPart>::read_part(parts, 0)?,
                <String as __m::KeyPart>::read_part(parts, 1)?,
            ))
        }
    }
    #[automatically_derived]
    impl __m::On<__m::Primary> for Order {}
    #[automatically_derived]
    impl __m::On<Gsi1> for Order {
        const AT: usize = 0;
    }
    let (def, table) = (<Order as __m::Entity>::DEF, __m::table_of::<Order>());
    __m::assert_template(def, 0);
    __m::assert_template(def, 1);
    __m::assert_template(def, 2);
    __m::assert_template(def, 3);
    __m::assert_fields(def, table);
};
