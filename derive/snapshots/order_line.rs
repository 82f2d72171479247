#[doc(hidden)]
#[allow(
    dead_code,
    missing_docs,
    missing_debug_implementations,
    non_camel_case_types,
    unreachable_pub
)]
pub(crate) mod __order_line_fields {
    pub(crate) enum order_id {}
    pub(crate) enum amount {}
}
const _: () = {
    use ::monotable::__private as __m;
    const __ENTITY: usize = __m::is_entity::<shop::Order>();
    type __Entity = <[(); __ENTITY] as __m::IfEntity<shop::Order>>::Type;
    impl __m::ProjectedField for __order_line_fields::order_id {
        type Place = __m::Place<
            __m::Name<{ __m::name_of(__Entity::ORDER_ID) }>,
            { __m::is_key(__Entity::ORDER_ID) },
        >;
    }
    impl __m::ProjectedField for __order_line_fields::amount {
        type Place = __m::Place<
            __m::Name<{ __m::name_of(__Entity::TOTAL) }>,
            { __m::is_key(__Entity::TOTAL) },
        >;
    }
    #[automatically_derived]
    impl __m::ProjectionOf<__Entity> for OrderLine {
        type Fields = (__order_line_fields::order_id, (__order_line_fields::amount, ()));
        fn names() -> __m::List<&'static str> {
            __m::list([__Entity::ORDER_ID.name(), __Entity::TOTAL.name()])
        }
        fn read(__from: &__m::Attributes<__Entity>) -> __m::Result<Self> {
            ::core::result::Result::Ok(OrderLine {
                order_id: __m::projected::<String, _, _, _>(__from, __Entity::ORDER_ID)?,
                amount: __m::projected::<Decimal, _, _, _>(__from, __Entity::TOTAL)?,
            })
        }
    }
};
