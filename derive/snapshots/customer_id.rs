const _: () = {
    use ::monotable::__private as __m;
    #[automatically_derived]
    impl __m::KeyPart for CustomerId {
        const CLASS: __m::Class = <String as __m::KeyPart>::CLASS;
        type Kind = <String as __m::KeyPart>::Kind;
        fn write(&self, __out: &mut __m::KeyWriter<'_>) -> __m::Result<()> {
            <String as __m::KeyPart>::write(&self.0, __out)
        }
        fn read(__text: &__m::KeyText<'_>) -> __m::Result<Self> {
            ::core::result::Result::map(
                <String as __m::KeyPart>::read(__text),
                |__value| CustomerId { 0: __value },
            )
        }
        fn is_exact(&self, __format: __m::Format) -> bool {
            <String as __m::KeyPart>::is_exact(&self.0, __format)
        }
    }
    #[automatically_derived]
    impl<__U> __m::Bucketed<__U> for CustomerId
    where
        String: __m::Bucketed<__U>,
    {
        type Bucket = <String as __m::Bucketed<__U>>::Bucket;
        fn bucket(&self) -> Self::Bucket {
            <String as __m::Bucketed<__U>>::bucket(&self.0)
        }
    }
};
