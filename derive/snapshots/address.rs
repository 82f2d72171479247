#[doc(hidden)]
#[allow(
    dead_code,
    missing_docs,
    missing_debug_implementations,
    non_camel_case_types,
    unreachable_pub
)]
pub mod __address_fields {
    pub enum zip {}
    pub enum city {}
}
#[automatically_derived]
#[allow(dead_code, private_interfaces, clippy::all)]
impl Address {
    /// The field `zip`, stored as `zip`.
    pub const ZIP: ::monotable::__private::Field<
        Address,
        __address_fields::zip,
        String,
    > = ::monotable::__private::Field::<
        Address,
        __address_fields::zip,
        String,
    >::new("zip");
    /// The field `city`, stored as `town`.
    const CITY: ::monotable::__private::Field<
        Address,
        __address_fields::city,
        Option<City>,
    > = ::monotable::__private::Field::<
        Address,
        __address_fields::city,
        Option<City>,
    >::optional("town");
}
const _: () = {
    use ::monotable::__private as __m;
    #[allow(unused_imports)]
    use __m::NotWorkflow as _;
    impl __m::Declared<String> for __address_fields::zip {
        type Is = __m::Is<__m::Name<221386963638720084663529465513208782452>>;
    }
    impl __m::Declared<Option<City>> for __address_fields::city {
        type Is = __m::Is<
            __m::Name<140651483400480479717871466661074982613>,
            __m::role::Plain,
            __m::NoPart,
            __m::form::Text,
        >;
    }
    #[automatically_derived]
    impl __m::Document for Address {}
    __m::assert_no_state(
        __m::IsWorkflow::<City>::IS,
        "city",
        "and an `Option` of it would be in no state where it is `None`: write the type without `Option`, and give the workflow an initial state for it",
    );
};
