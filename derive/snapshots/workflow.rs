#[doc(hidden)]
#[allow(
    dead_code,
    missing_docs,
    missing_debug_implementations,
    non_camel_case_types,
    unreachable_pub
)]
pub mod __status_states {
    pub enum Placed {}
    pub enum Paid {}
    pub enum Shipped {}
    pub enum Cancelled {}
    pub enum PAYMENT_ID {}
    pub enum PAID_AT {}
}
#[automatically_derived]
#[allow(dead_code, private_interfaces, clippy::all)]
impl Status {
    /// The state `Placed`, for transitions: `Status::PLACED.to(..)`.
    pub const PLACED: ::monotable::__private::State<Status, __status_states::Placed> = ::monotable::__private::State::new();
    /// The state `Paid`, for transitions: `Status::PAID.to(..)`.
    pub const PAID: ::monotable::__private::State<Status, __status_states::Paid> = ::monotable::__private::State::new();
    /// The state `Shipped`, for transitions: `Status::SHIPPED.to(..)`.
    pub const SHIPPED: ::monotable::__private::State<Status, __status_states::Shipped> = ::monotable::__private::State::new();
    /// The state `Cancelled`, for transitions: `Status::CANCELLED.to(..)`.
    pub const CANCELLED: ::monotable::__private::State<
        Status,
        __status_states::Cancelled,
    > = ::monotable::__private::State::new();
}
const _: () = {
    use ::monotable::__private as __m;
    #[automatically_derived]
    impl __m::Workflow for Status {}
    #[automatically_derived]
    impl __m::WorkflowImpl for Status {
        const DEF: &'static __m::WorkflowDef = &__m::WorkflowDef::new(
            "Status",
            &[
                __m::StateDef::new(["Placed", "placed"], false, &[1, 3]),
                __m::StateDef::new(["Paid", "paid"], false, &[2]),
                __m::StateDef::new(["Shipped", "shipped"], true, &[]),
                __m::StateDef::new(["Cancelled", "void"], true, &[0])
                    .former(&["cancelled", "gone"]),
            ],
        );
        fn at(&self) -> usize {
            match self {
                Status::Placed => 0,
                Status::Paid => 1,
                Status::Shipped => 2,
                Status::Cancelled => 3,
            }
        }
        fn state(__at: usize) -> Self {
            match __at {
                0 => Status::Placed,
                1 => Status::Paid,
                2 => Status::Shipped,
                _ => Status::Cancelled,
            }
        }
    }
    impl __m::IsState<Status> for __status_states::Placed {
        const AT: usize = 0;
        type Adds = ();
    }
    impl __m::Next<__status_states::Paid> for __status_states::Placed {}
    impl __m::Next<__status_states::Cancelled> for __status_states::Placed {}
    impl __m::IsState<Status> for __status_states::Paid {
        const AT: usize = 1;
        type Adds = (__status_states::PAYMENT_ID, (__status_states::PAID_AT, ()));
    }
    impl __m::Next<__status_states::Shipped> for __status_states::Paid {}
    impl __m::IsState<Status> for __status_states::Shipped {
        const AT: usize = 2;
        type Adds = (__status_states::PAYMENT_ID, ());
    }
    impl __m::IsState<Status> for __status_states::Cancelled {
        const AT: usize = 3;
        type Adds = ();
    }
    impl __m::Next<__status_states::Placed> for __status_states::Cancelled {}
    impl __m::IsAdded<__m::Name<{ __m::added(Order::PAYMENT_ID) }>>
    for __status_states::PAYMENT_ID {}
    impl __m::IsAdded<()> for __status_states::PAYMENT_ID {}
    impl __m::IsAdded<__m::Name<{ __m::added(shop::Order::PAID_AT) }>>
    for __status_states::PAID_AT {}
    impl __m::IsAdded<()> for __status_states::PAID_AT {}
    impl __m::Reached for __status_states::Placed {}
    impl __m::Reached for __status_states::Paid {}
    impl __m::Reached for __status_states::Shipped {}
    impl __m::Reached for __status_states::Cancelled {}
};
