const _: () = {
    use ::monotable::__private as __m;
    #[automatically_derived]
    impl __m::KeyPart for Status {
        const CLASS: __m::Class = __m::Class::OneOf(&["placed", "PAID"]);
        type Kind = __m::kind::Named;
        fn write(&self, __out: &mut __m::KeyWriter<'_>) -> __m::Result<()> {
            __out
                .text(
                    match self {
                        Status::Placed => "placed",
                        Status::Paid => "PAID",
                    },
                )
        }
        fn read(__text: &__m::KeyText<'_>) -> __m::Result<Self> {
            match &*__text.text()? {
                "placed" => ::core::result::Result::Ok(Status::Placed),
                "PAID" => ::core::result::Result::Ok(Status::Paid),
                _ => {
                    ::core::result::Result::Err(
                        __text.error("is none of `placed` and `PAID`"),
                    )
                }
            }
        }
    }
};
