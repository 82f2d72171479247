#[doc(hidden)]
#[allow(
    dead_code,
    missing_docs,
    missing_debug_implementations,
    non_camel_case_types,
    unreachable_pub
)]
pub mod address_fields {
    pub enum zip {}
    pub enum city {}
}
#[automatically_derived]
#[allow(dead_code, private_interfaces, clippy::all)]
impl Address {
    /// The field `zip`, stored as `zip`.
    pub const ZIP: ::monotable::__private::Field<Address, address_fields::zip, String> = ::monotable::__private::Field::new();
    /// The field `city`, stored as `town`.
    const CITY: ::monotable::__private::Field<
        Address,
        address_fields::city,
        Option<City>,
    > = ::monotable::__private::Field::new();
}
const _: () = {
    use ::monotable::__private as __m;
    #[allow(dead_code)]
    type __Value = ::core::result::Result<__m::Value, __m::ValueError>;
    #[automatically_derived]
    impl __m::FieldDef<String> for address_fields::zip {
        type Role = __m::role::Plain;
        type Form = __m::form::Own<String>;
        type Codec = __m::BySerde;
        type Part = __m::NoPart;
        const DEF: __m::FieldInfo = ("zip", 0, false);
    }
    #[automatically_derived]
    impl __m::FieldDef<Option<City>> for address_fields::city {
        type Role = __m::role::Plain;
        type Form = __m::form::Text;
        type Codec = __m::BySerde;
        type Part = __m::NoPart;
        const DEF: __m::FieldInfo = ("town", 1, true);
    }
    #[automatically_derived]
    impl __m::Document for Address {}
};
