//! The methods of serializers that take only some of serde's shapes.

/// Methods of a `Serializer` with the result `Ok` that refuse what they are given, with the error
/// that `$refused()` returns.
macro_rules! refuse {
    ($refused:path; $($method:ident($($type:ty),*) -> $result:ty;)*) => {$(
        fn $method(self, $(_: $type),*) -> Result<$result, ValueError> {
            Err($refused())
        }
    )*};
}

/// The compound shapes, all of which are refused.
macro_rules! refuse_compounds {
    ($refused:path) => {
        refuse! { $refused;
            serialize_tuple(usize) -> Self::SerializeTuple;
            serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
            serialize_tuple_variant(&'static str, u32, &'static str, usize)
                -> Self::SerializeTupleVariant;
            serialize_map(Option<usize>) -> Self::SerializeMap;
            serialize_struct(&'static str, usize) -> Self::SerializeStruct;
            serialize_struct_variant(&'static str, u32, &'static str, usize)
                -> Self::SerializeStructVariant;
        }

        fn serialize_newtype_variant<T: serde::Serialize + ?Sized>(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: &T,
        ) -> Result<Self::Ok, ValueError> {
            Err($refused())
        }
    };
}

pub(super) use {refuse, refuse_compounds};
